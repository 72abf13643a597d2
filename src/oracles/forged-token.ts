import { answerOf, type Observation, type Oracle, type Trial } from '../model/index.js'
import { guilty } from './region.js'
import { lastObservation } from './thrown.js'

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
    if (injection?.family !== 'forged-token' || last === undefined) return
    const status = answerOf(contract, last.outcome)?.status
    if (last.outcome.kind !== 'returned' || (status !== undefined && status >= 400)) return
    // Whoever was asked about the whole token may have said that it is good, and that somebody is ours.
    if (last.effects.some((effect) => claimsIn(steps.at(-1)!.text).some((part) => JSON.stringify(effect).includes(part)))) return
    const where = usedIn(trial, last, injection.head)
    if (where === undefined) return
    yield {
      rule: 'forged-token',
      canary: guilty(trial),
      sink: { kind: 'response', api: 'token', location: where.location, frames: [] },
      anchor: 'token',
      evidence: `${where.what} holds ${injection.head}, the subject of a token ${HOW[injection.payload] ?? 'with a wrong signature'}; the function answered ${status ?? 'as usual'}`,
      severityReason: 'unless API Gateway verifies the token before the function gets it',
    }
  },
}

const HOW: Readonly<Record<string, string>> = { unsigned: 'whose algorithm is none', bare: 'without a signature' }

/** Payloads of the tokens in an event's text. */
const claimsIn = (text: string): readonly string[] => text.match(/(?<=eyJ[\w-]{8,}\.)eyJ[\w-]{40,}/g) ?? []

const CALLS = new Set(['aws', 'sql', 'nosql', 'http'])

function usedIn(trial: Trial, { outcome, effects }: Observation, head: string) {
  const call = effects.find((effect) => CALLS.has(effect.kind) && JSON.stringify(effect).toLowerCase().includes(head))
  if (call !== undefined) return { what: call.api, location: call.location }
  const said = outcome.kind === 'returned' && outcome.text.toLowerCase().includes(head)
  return said && trial.case.contract !== 'async' ? { what: 'The answer', location: null } : undefined
}
