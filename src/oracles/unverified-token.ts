import { isJsonObject, type Json, type JsonObject, type Oracle, type PlantedCanary, type Trial } from '../model/index.js'
import { returnedValue } from './response-text.js'
import { lastObservation } from './thrown.js'

/** An authorizer lets a token in that nobody issued: its text is a marker of ours. */
export const unverifiedToken: Oracle = {
  id: 'unverified-token',
  title: 'An authorizer accepts a token that nobody issued',
  severity: 'critical',
  cwe: ['CWE-347', 'CWE-287'],
  owasp: ['S2'],
  proof: 'contract',
  sinks: [],
  remediation:
    'Verify the signature before reading claims (jwtVerify with fixed algorithms, issuer and audience), or look the token up where you keep those that were issued.',
  *judge(trial) {
    // Who has the key may let in whom they like.
    if (trial.case.signed === true) return
    const policy = allowing(trial)
    if (policy === undefined) return
    const claimed = JSON.stringify([policy['principalId'] ?? null, policy['context'] ?? null]).toLowerCase()
    const canary = tokenCanaries(trial).find((planted) => claimed.includes(planted.canary)) ?? null
    if (canary === null && !isAnyToken(trial)) return
    yield {
      rule: 'unverified-token',
      canary: canary ?? tokenCanaries(trial)[0] ?? null,
      sink: { kind: 'response', api: 'policy', location: null, frames: [] },
      anchor: 'token',
      evidence:
        canary === null
          ? 'The policy allows a request whose token is a random text'
          : `The policy allows a request, and takes the identity ${canary.canary} from a token whose signature is wrong`,
    }
  },
}

/** The policy, when it allows something and nothing that we made up was asked before: a stub may have said that the token is good. */
function allowing(trial: Trial): JsonObject | undefined {
  const { contract, injection } = trial.case
  const last = lastObservation(trial)
  if (contract !== 'authorizer' || injection !== null || last === undefined) return undefined
  const asked =
    last.synthetic || last.aws.length > 0 || last.web !== undefined || last.effects.some(({ kind }) => ASKING.has(kind))
  const value = asked ? undefined : returnedValue(trial)
  return isJsonObject(value) && allows(value) ? value : undefined
}

/** A policy with an Allow, or the simple answer to an HTTP API. */
export function allows({ policyDocument, isAuthorized }: JsonObject): boolean {
  const statements: Json = isJsonObject(policyDocument) ? (policyDocument['Statement'] ?? null) : null
  const list: readonly Json[] = Array.isArray(statements) ? statements : [statements]
  return isAuthorized === true || list.some((one) => isJsonObject(one) && one['Effect'] === 'Allow')
}

const ASKING = new Set(['connect', 'http', 'sql', 'aws', 'process'])

const tokenCanaries = ({ case: { canaries } }: Trial): readonly PlantedCanary[] =>
  canaries.filter(({ point }) => point.wire.startsWith('/token/'))

/** The whole token is one marker: nothing of it was learnt from the function. Others may decide by the route as well. */
function isAnyToken(trial: Trial): boolean {
  const { wire, source } = trial.case
  if (source !== 'authorizer-token') return false
  const token = isJsonObject(wire) ? wire['token'] : undefined
  return isJsonObject(token) && token['kind'] === 'opaque' && tokenCanaries(trial).some(({ canary }) => canary === token['value'])
}
