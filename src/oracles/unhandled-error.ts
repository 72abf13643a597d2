import type { Oracle, ResponseContract, Severity, Trial } from '../model/index.js'
import { effectsOf } from './region.js'
import { errorFrame } from './stack-text.js'
import { errorOfPackage, lastObservation, programmingError } from './thrown.js'

const CONSEQUENCE: Readonly<Record<ResponseContract, readonly [Severity, string]>> = {
  'proxy-v1': ['low', 'the client gets 502 instead of a 4xx'],
  'proxy-v2': ['low', 'the client gets 500 instead of a 4xx'],
  websocket: ['low', 'the client gets 502, or an error message instead of an answer'],
  batch: ['medium', 'the whole batch is delivered again until it expires'],
  authorizer: ['low', 'the client gets 500 instead of 401'],
  firehose: ['medium', 'the whole batch is tried again, then written as failed'],
  cognito: ['low', 'the person gets an error, and cannot sign up or in'],
  direct: ['low', 'its invoker gets an error of the function instead of an answer'],
  async: ['medium', 'the event is tried three times and then lost'],
}

/** A deliverable event makes the function throw an error that nobody meant. */
export const unhandledError: Oracle = {
  id: 'unhandled-error',
  title: 'A deliverable event ends in an error that nobody handles',
  severity: 'medium',
  cwe: ['CWE-755'],
  owasp: ['S10'],
  proof: 'robustness',
  sinks: [],
  remediation:
    'Check what the event may lack or hold before using it, and answer bad input with a 4xx, a batch item failure, or by skipping the record.',
  *judge(trial) {
    const { outcome } = lastObservation(trial) ?? {}
    const threw = programmingError(outcome) ?? (DELIVERED_AGAIN.has(trial.case.contract) ? errorOfPackage(outcome) : undefined)
    // A batch with one unreadable record is judged by poison-message.
    if (threw === undefined || trial.case.stage === 'sequence' || isOfCompiling(trial, threw)) return
    if (!SHARED.has(trial.case.contract) && isUnprintable(trial, threw)) return
    const { location, frames, key } = errorFrame(threw.stack)
    const [severity, severityReason] = CONSEQUENCE[trial.case.contract]
    yield {
      rule: 'unhandled-error',
      canary: null,
      sink: { kind: 'response', api: threw.name, location, frames },
      anchor: `error:${threw.name}@${key}`,
      evidence: `${threw.name}: ${threw.message.slice(0, 300)}`,
      severity,
      severityReason,
    }
  },
}

/** Where an error has consequences for more than its sender. */
const DELIVERED_AGAIN = new Set<ResponseContract>(['batch', 'async', 'firehose'])

/** Others have records in the same event. */
const SHARED = new Set<ResponseContract>(['batch', 'firehose'])
const LONE_SURROGATE = /\\ud[89a-f][0-9a-f]{2}/i

/** `String(value)` of {"toString": 1}, half a character in a URL: nobody but the sender loses anything by it. */
function isUnprintable(
  { case: { steps } }: Trial,
  { name, message }: { readonly name: string; readonly message: string },
): boolean {
  if (name === 'URIError') return LONE_SURROGATE.test(steps.at(-1)?.text ?? '')
  return /^Cannot convert object to primitive value/.test(message)
}

/** The value was compiled, as a pattern or as code, and is none: the rules for that say so, and the error is no other cause. */
function isOfCompiling(trial: Trial, { name, message }: { readonly name: string; readonly message: string }): boolean {
  const { injection } = trial.case
  if (name !== 'SyntaxError' || injection === null || /JSON/.test(message)) return false
  const compiled = [...effectsOf(trial, 'regexp'), ...effectsOf(trial, 'code')]
  return compiled.some(({ source }) => source.toLowerCase().includes(injection.head))
}
