import type { CrashReason, Oracle, Outcome } from '../model/index.js'
import { errorFrame } from './stack-text.js'
import { lastObservation } from './thrown.js'

const REASONS: Readonly<Record<CrashReason, string>> = {
  exit: 'The function ended its own process',
  'out-of-memory': 'The function ran out of memory',
  signal: 'The process was ended by a signal',
  'output-flood': 'The function flooded its output',
  protocol: 'The process wrote garbage into the channel of its runtime',
}

/** An event ends the process, or makes it fail outside the handler's promise. */
export const crash: Oracle = {
  id: 'crash',
  title: 'An event ends the function’s process',
  severity: 'medium',
  cwe: ['CWE-400', 'CWE-248'],
  owasp: ['S10'],
  proof: 'robustness',
  sinks: [],
  remediation:
    'Bound what an event can make the function allocate or print, do not call process.exit(), and await every promise.',
  *judge(trial) {
    const outcome = lastObservation(trial)?.outcome
    if (outcome === undefined) return
    const crashed = describe(outcome)
    if (crashed === undefined) return
    const { location, frames } = errorFrame(outcome.kind === 'threw' ? outcome.stack : '')
    yield {
      rule: 'crash',
      canary: null,
      sink: { kind: 'response', api: crashed.key, location, frames },
      anchor: `crash:${crashed.key}`,
      evidence: crashed.text,
    }
  },
}

function describe(outcome: Outcome): { readonly key: string; readonly text: string } | undefined {
  if (outcome.kind === 'crashed') {
    const how = outcome.signal === null ? `exit code ${outcome.exitCode}` : outcome.signal
    return {
      key: outcome.reason,
      text: `${REASONS[outcome.reason]} (${how})${outcome.detail === '' ? '' : `: ${outcome.detail}`}`,
    }
  }
  if (outcome.kind !== 'threw' || (outcome.how !== 'uncaught' && outcome.how !== 'unhandled-rejection')) return undefined
  const { key } = errorFrame(outcome.stack)
  const what = outcome.how === 'uncaught' ? 'An error outside the handler’s promise' : 'A rejection that nobody handles'
  return {
    key: `${outcome.how}:${outcome.name}@${key}`,
    text: `${what} ends the process. ${outcome.name}: ${outcome.message.slice(0, 300)}`,
  }
}
