import { allowedResources, covers, isJsonObject, type Json, type Observation, type Oracle } from '../model/index.js'

/** An Allow covers what the same authorizer refuses to the same caller: it decided by what was asked for, and answered for all. */
export const allowedTooFar: Oracle = {
  id: 'allowed-too-far',
  title: 'An authorizer allows what it would refuse',
  severity: 'high',
  cwe: ['CWE-863', 'CWE-732'],
  owasp: ['S2'],
  proof: 'contract',
  sinks: [],
  remediation:
    'Where the answer depends on the path or the method, allow event.methodArn (or routeArn) only; allow the stage only to whom all of it is open.',
  *judge(trial) {
    const { contract, stage, steps } = trial.case
    const [first, second] = trial.observations
    if (contract !== 'authorizer' || stage !== 'sequence' || first === undefined || second === undefined) return
    const resources = allowedResources(first.outcome)
    const arn = arnOf(steps[1]?.text)
    // What a made-up answer allowed is not the function's own word.
    if (arn === undefined || first.synthetic || !isRefusal(second) || !covers(resources, arn)) return
    yield {
      rule: 'allowed-too-far',
      canary: null,
      sink: { kind: 'response', api: 'policy', location: null, frames: [] },
      anchor: 'policy:kept',
      evidence: `The policy for the first request allows ${resources.join(', ').slice(0, 200)}; asked by the same caller about ${arn.slice(-120)}, the authorizer refuses`,
      severityReason: 'API Gateway keeps the policy for this token or header, unless its cache is switched off',
    }
  },
}

/** `Unauthorized` and a policy without an Allow; any other error is no decision. */
const isRefusal = ({ outcome }: Observation): boolean =>
  outcome.kind === 'threw'
    ? outcome.message === 'Unauthorized'
    : outcome.kind === 'returned' && allowedResources(outcome).length === 0 && /"Deny"/.test(outcome.text)

function arnOf(text: string | undefined): string | undefined {
  const event = JSON.parse(text ?? 'null') as Json
  const arn = isJsonObject(event) ? (event['methodArn'] ?? event['routeArn']) : undefined
  return typeof arn === 'string' ? arn : undefined
}
