import { isJsonObject, type Json, type JsonObject, type Oracle } from '../model/index.js'
import { returnedValue } from './response-text.js'

/** An authorizer's Allow is good for every API of the account, not only for the one that asked. */
export const broadPolicy: Oracle = {
  id: 'broad-policy',
  title: 'An authorizer allows more than its API',
  severity: 'medium',
  cwe: ['CWE-732', 'CWE-863'],
  owasp: ['S2'],
  proof: 'contract',
  sinks: [],
  remediation:
    'Allow event.methodArn, or where the answer is cached what this caller may use of this API: arn:aws:execute-api:<region>:<account>:<api>/<stage>/GET/orders/*.',
  *judge(trial) {
    if (trial.case.contract !== 'authorizer') return
    const value = returnedValue(trial)
    const broad = isJsonObject(value) ? allowed(value).find(isBroad) : undefined
    if (broad === undefined) return
    yield {
      rule: 'broad-policy',
      canary: null,
      sink: { kind: 'response', api: 'policy', location: null, frames: [] },
      anchor: 'policy:resource',
      evidence: `The policy allows ${broad.slice(0, 200)}, and API Gateway keeps it for the other methods of this token`,
    }
  },
}

/** Resources of the policy's Allow statements. */
function allowed({ policyDocument }: JsonObject): readonly string[] {
  const statements = isJsonObject(policyDocument) ? listOf(policyDocument['Statement']) : []
  return statements
    .filter(isJsonObject)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Resource }) => listOf(Resource).filter((one) => typeof one === 'string'))
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])

/** arn:partition:execute-api:region:account:api/stage/method/path: no API is named. */
const isBroad = (resource: string): boolean => {
  const [, , , , , api = ''] = resource.split(':')
  return /^\*+$/.test(resource) || (/^arn:[^:]*:(?:execute-api|\*)(?::|$)/.test(resource) && /^(?:\*|$)/.test(api))
}
