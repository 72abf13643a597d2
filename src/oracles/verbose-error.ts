import type { Oracle } from '../model/index.js'
import { clientText } from './response-text.js'

// A frame of a V8 stack: at the start of a line (raw, or inside a JSON string), with a source file. "at 10:30:15" is a time.
const LINE = String.raw`(?:^|\n|\\n|["'>])(?:[\t ]|&nbsp;)*at `
const PLACE = String.raw`(?:file:\/\/)?(?:[^\s()\\"']{1,300}\.[cm]?[jt]sx?|node:[\w/]+):\d+:\d+`
const STACK = new RegExp(`${LINE}(?:${PLACE}|[^\\n\\\\]{1,200} \\(${PLACE}\\))`)

/** The client is shown a stack trace. */
export const verboseError: Oracle = {
  id: 'verbose-error',
  title: 'A stack trace is sent to the client',
  severity: 'medium',
  cwe: ['CWE-209'],
  owasp: ['S6'],
  proof: 'robustness',
  sinks: ['response'],
  remediation: 'Log the error with its request id and answer with a generic message.',
  *judge(trial) {
    const text = clientText(trial)
    const match = text === undefined ? null : STACK.exec(text)
    if (match === null) return
    yield {
      rule: 'verbose-error',
      canary: null,
      sink: { kind: 'response', api: 'body', location: null, frames: [] },
      anchor: 'response:stack-trace',
      evidence: `The response holds: ${match[0].trim().slice(0, 200)}`,
    }
  },
}
