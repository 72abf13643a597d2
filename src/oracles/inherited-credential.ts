import { answerOf, isJsonObject, type Oracle, type Trial } from '../model/index.js'
import { returnedValue } from './response-text.js'
import { lastObservation } from './thrown.js'
import { allows } from './unverified-token.js'

const FAMILY = 'inherited-credential'
/** What fields are called that let somebody in. */
const CREDENTIAL =
  /(?:^|[/_-])(?:x-)?(?:api-?_?key|token|auth(?:orization|_?key|_?token)?|secret|session|access-?_?key|signature)(?:[/_-]|$)/i

/** A credential is looked up among the properties of an object, and names that every object inherits are found there. */
export const inheritedCredential: Oracle = {
  id: 'inherited-credential',
  title: 'A name that every object has passes for a credential',
  severity: 'critical',
  cwe: ['CWE-287', 'CWE-1321'],
  owasp: ['S2'],
  proof: 'injection',
  sinks: [],
  experimental: true,
  remediation: 'Keep credentials in a Map, or ask Object.hasOwn(table, key) before what is found under the key is used.',
  *judge(trial) {
    const { placed } = trial.case.draft
    if (placed?.family !== FAMILY || !letsIn(trial, placed.point.wire)) return
    const name = placed.payload === 'proto' ? '__proto__' : placed.payload === 'has-own' ? 'hasOwnProperty' : 'constructor'
    yield {
      rule: 'inherited-credential',
      canary: { canary: name, point: placed.point },
      sink: { kind: 'response', api: 'answer', location: null, frames: [] },
      anchor: 'inherited',
      evidence: `${name} lets in, which nobody was given; another name of the same length is refused`,
    }
  },
}

/** An authorizer allows; any other function serves a request whose field is called as credentials are. */
function letsIn(trial: Trial, wire: string): boolean {
  const last = lastObservation(trial)
  const { contract } = trial.case
  if (last === undefined || last.synthetic) return false
  if (contract === 'authorizer') {
    const value = returnedValue(trial)
    return isJsonObject(value) && allows(value)
  }
  const status = answerOf(contract, last.outcome)?.status ?? 0
  return CREDENTIAL.test(wire) && status >= 200 && status < 300
}
