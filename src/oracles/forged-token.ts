import { answerOf, isJsonObject, type Observation, type Oracle, type Trial } from '../model/index.js'
import { guilty } from './region.js'
import { returnedValue } from './response-text.js'
import { lastObservation } from './thrown.js'
import { allows } from './unverified-token.js'

/** A request shows a token that nobody signed, and the function serves whoever it says to be. */
export const forgedToken: Oracle = {
  id: 'forged-token',
  title: 'Claims of a token that nobody signed are believed',
  severity: 'high',
  cwe: ['CWE-347', 'CWE-345'],
  owasp: ['S2'],
  proof: 'injection',
  sinks: [],
  remediation:
    'Verify the signature before any claim is used: jwt.verify(token, key, { algorithms: ["RS256"] }), never jwt.decode; do not take the algorithm or the key from the token.',
  *judge(trial) {
    const { injection, contract, steps } = trial.case
    const last = lastObservation(trial)
    if (injection === null || !FAMILIES.has(injection.family) || last === undefined) return
    const status = answerOf(contract, last.outcome)?.status
    if (last.outcome.kind !== 'returned' || (status !== undefined && status >= 400)) return
    // Whoever was asked about the whole token may have said that it is good, and that somebody is ours.
    const asked = [...last.effects, ...(last.web ?? [])].map((each) => JSON.stringify(each))
    if (claimsIn(steps.at(-1)!.text).some((part) => asked.some((text) => text.includes(part)))) return
    const where = contract === 'authorizer' ? allowedBy(trial) : usedIn(trial, last, injection.head)
    if (where === undefined) return
    yield {
      rule: 'forged-token',
      canary: guilty(trial),
      sink: { kind: 'response', api: 'token', location: where.location, frames: [] },
      anchor: 'token',
      evidence: `${where.what} ${injection.head}, the subject of a token ${HOW[injection.payload] ?? 'with a wrong signature'}; the function answered ${status ?? 'as usual'}`,
      ...(contract === 'authorizer'
        ? { severity: 'critical', severityReason: 'it decides who is let in' }
        : { severityReason: 'unless API Gateway verifies the token before the function gets it' }),
    }
  },
}

const HOW: Readonly<Record<string, string>> = { unsigned: 'whose algorithm is none', bare: 'without a signature' }

const FAMILIES = new Set(['forged-token', 'forged-credential'])

/** Let in is whoever gets an Allow: what is said of the caller need not come from the token. The control is a token that is refused. */
function allowedBy(trial: Trial) {
  const value = returnedValue(trial)
  return isJsonObject(value) && allows(value) ? { what: 'The policy lets in', location: null } : undefined
}

/** Payloads of the tokens in an event's text. */
const claimsIn = (text: string): readonly string[] => text.match(/(?<=eyJ[\w-]{8,}\.)eyJ[\w-]{40,}/g) ?? []

const CALLS = new Set(['aws', 'sql', 'nosql', 'http'])

function usedIn(trial: Trial, { outcome, effects }: Observation, head: string) {
  const call = effects.find((effect) => CALLS.has(effect.kind) && JSON.stringify(effect).toLowerCase().includes(head))
  if (call !== undefined) return { what: `${call.api} holds`, location: call.location }
  const said = outcome.kind === 'returned' && outcome.text.toLowerCase().includes(head)
  return said && trial.case.contract !== 'async' ? { what: 'The answer holds', location: null } : undefined
}
