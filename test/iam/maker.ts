import type { Evidence, Json, JsonObject, PermissionQuestion, SourceId } from '#src/model/index.js'

/** A recorded call: `call` is `service:Operation`. */
export interface Call {
  readonly call: string
  readonly on: readonly string[]
  readonly params?: JsonObject
  readonly stage?: Evidence['stage']
  readonly control?: boolean
  readonly eventControlled?: readonly string[]
}

export function evidence({ call, on, params = {}, stage = 'valid', control = false, eventControlled = [] }: Call): Evidence {
  const [service = '', operation = ''] = call.split(':')
  return {
    v: 1,
    target: 'orders',
    caseId: stage === null ? null : 'c1',
    stage,
    surface: stage === null ? null : 'delivered',
    control,
    service,
    operation,
    region: 'us-east-1',
    params,
    resources: on,
    eventControlled,
    via: 'request',
    outcome: 'ok',
    answeredBy: 'stub',
    location: null,
    retryOf: null,
  }
}

/** A question about one policy made of the given statements. */
export function question(
  statements: readonly Json[],
  calls: readonly Call[] = [],
  sources: readonly SourceId[] = [],
): PermissionQuestion {
  return {
    target: 'orders',
    role: 'orders-role',
    policies: [{ name: 'policy.json', document: { Version: '2012-10-17', Statement: statements } }],
    evidence: calls.map(evidence),
    sources,
  }
}
