import type { Oracle } from '../model/index.js'
import { effectsOf, guilty, sinkOf } from './region.js'

/**
 * The payload's own host was connected to, or a domain that begins with it: `endsWith('trusted.example')` lets
 * `eviltrusted.example` pass. A canary in a path, a query or a label below a fixed domain is data.
 */
export const ssrf: Oracle = {
  id: 'ssrf',
  title: 'Event data chooses the host of an outgoing request',
  severity: 'high',
  cwe: ['CWE-918'],
  owasp: ['S1'],
  proof: 'injection',
  sinks: ['connect', 'http'],
  remediation:
    'Parse the URL and compare its host with an allow-list before the request; resolve and refuse private, link-local and metadata addresses.',
  *judge(trial) {
    const { injection } = trial.case
    if (injection === null) return
    for (const effect of effectsOf(trial, 'connect')) {
      const host = effect.host.toLowerCase().replace(/\.$/, '')
      if (!host.endsWith(`${injection.head}.example.invalid`) && !isOwnDomain(host, injection.head)) continue
      yield {
        rule: 'ssrf',
        canary: guilty(trial),
        sink: sinkOf(effect),
        // One request connects, resolves and retries: the asking line is the root cause, not the call that was seen first.
        anchor: 'connect',
        evidence: `A connection to ${effect.host}${effect.port > 0 ? `:${effect.port}` : ''} was attempted (${effect.answered === 'synthetic' ? 'and answered inside the sandbox' : 'and refused by the sandbox'})`,
      }
    }
  },
}

/** The name below the top-level domain has the marker in it, so whoever sends it may register it. */
const isOwnDomain = (host: string, marker: string): boolean => {
  const [name = '', top = ''] = host.split('.').slice(-2)
  return name.includes(marker) && /^(?!invalid$)[a-z]{2,}$/.test(top)
}
