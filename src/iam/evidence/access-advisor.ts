import { type Evidence, isJsonObject, type Json, type JsonObject } from '../../model/index.js'

/** True for the answer of iam:GetServiceLastAccessedDetails. */
export const isAccessAdvisor = (document: Json): boolean => isJsonObject(document) && Array.isArray(document.ServicesLastAccessed)

/**
 * Actions that Access Advisor saw, as evidence for each target: it names no resource, and of most services no action. Those were
 * used by calls that nobody knows, so nothing of them is called unused. It never sees iam:PassRole.
 */
export function advisorEvidence(document: Json, targets: readonly string[]): Evidence[] {
  const services = isJsonObject(document) && Array.isArray(document.ServicesLastAccessed) ? document.ServicesLastAccessed : []
  return services.filter((one) => isJsonObject(one)).flatMap((service) => targets.flatMap((target) => usedOf(service, target)))
}

function usedOf({ ServiceNamespace, LastAuthenticated, TrackedActionsLastAccessed }: JsonObject, target: string): Evidence[] {
  if (typeof ServiceNamespace !== 'string' || LastAuthenticated === undefined) return []
  const tracked = Array.isArray(TrackedActionsLastAccessed) ? (TrackedActionsLastAccessed as readonly Json[]) : []
  const used = tracked.flatMap((one) =>
    isJsonObject(one) && typeof one.ActionName === 'string' && one.LastAccessedTime !== undefined ? [one.ActionName] : [],
  )
  // Not all actions of a service are tracked: others may have been used too.
  return [...used, '*'].map((operation) => ({
    ...{ v: 1, target, caseId: null, stage: 'valid', surface: 'delivered', control: false, service: ServiceNamespace, operation },
    ...{ region: 'us-east-1', params: {}, resources: [], eventControlled: [], via: 'request', outcome: 'ok', answeredBy: 'aws' },
    ...{ location: null, retryOf: null },
  }))
}
