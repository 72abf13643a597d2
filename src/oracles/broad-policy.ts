import { allowedResources, type Oracle } from '../model/index.js'
import { lastObservation } from './thrown.js'

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
    const broad = allowedResources(lastObservation(trial)?.outcome).find(isBroad)
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

/** arn:partition:execute-api:region:account:api/stage/method/path: no API is named. */
const isBroad = (resource: string): boolean => {
  const [, , , , , api = ''] = resource.split(':')
  return /^\*+$/.test(resource) || (/^arn:[^:]*:(?:execute-api|\*)(?::|$)/.test(resource) && /^(?:\*|$)/.test(api))
}
