import { resourcesOf } from '../../aws/models/resources.js'
import { services } from '../../aws/services/index.js'
import { type Evidence, isJsonObject, type Json, type JsonObject } from '../../model/index.js'

/** Who made the calls of a trail: names of the role and of its session, which Lambda names after the function. */
export interface TrailCaller {
  readonly role: string
  readonly session: string
}

// Where CloudTrail's name of the source is not the signing name
const SIGNING: Readonly<Record<string, string>> = { 'iot-data': 'iotdata', 'cognito-identity': 'cognito-identity' }
// Services whose own parameters begin in lower case, as CloudTrail writes all of them
const LOWER = new Set(['states', 'logs', 'ecs', 'rds-data', 'iotdata', 'batch', 'codebuild', 'apigateway'])
const RENAMED: Readonly<Record<string, string>> = { bucketName: 'Bucket' }

/**
 * Calls of a CloudTrail file (`{ Records: [...] }`), as evidence: what production did counts as honest. `targetOf` says whose a
 * caller's calls are; undefined leaves them out. Records that are none are left out.
 */
export function trailEvidence(document: Json, targetOf: (caller: TrailCaller) => string | undefined): Evidence[] {
  const records = isJsonObject(document) && Array.isArray(document.Records) ? (document.Records as readonly Json[]) : []
  return records.filter((one) => isJsonObject(one)).flatMap((record) => evidenceOf(record, targetOf))
}

/** True for the content of a CloudTrail file. */
export const isTrail = (document: Json): boolean =>
  isJsonObject(document) &&
  Array.isArray(document.Records) &&
  document.Records.every((one) => isJsonObject(one) && 'eventSource' in one)

function evidenceOf(record: JsonObject, targetOf: (caller: TrailCaller) => string | undefined): Evidence[] {
  const caller = callerOf(record.userIdentity)
  const target = caller === undefined ? undefined : targetOf(caller)
  const { eventSource, eventName, awsRegion, errorCode } = record
  if (target === undefined || typeof eventSource !== 'string' || typeof eventName !== 'string') return []
  const source = eventSource.replace(/\.amazonaws\.com(\.cn)?$/, '')
  const service = SIGNING[source] ?? source
  // Lambda's names carry the day of the API.
  const operation = eventName.replace(/\d{8}(v\d+)?$/, '')
  const region = typeof awsRegion === 'string' ? awsRegion : 'us-east-1'
  const params = paramsOf(service, record.requestParameters)
  const denied = typeof errorCode === 'string' && /AccessDenied|Unauthorized/.test(errorCode)
  return [
    {
      ...{
        v: 1,
        target,
        caseId: typeof record.eventID === 'string' ? record.eventID : null,
        stage: 'valid',
        surface: 'delivered',
      },
      ...{ control: false, service, operation, region, params, eventControlled: [], via: 'request', answeredBy: 'aws' },
      resources: resourcesIn(record, service, operation, params, region),
      outcome: denied ? 'denied' : errorCode === undefined ? 'ok' : 'error',
      ...{ location: null, retryOf: null },
    },
  ]
}

function callerOf(identity: Json | undefined): TrailCaller | undefined {
  if (!isJsonObject(identity) || identity.type !== 'AssumedRole') return undefined
  const [, role = '', session = ''] = typeof identity.arn === 'string' ? identity.arn.split('/') : []
  return role === '' ? undefined : { role, session }
}

function paramsOf(service: string, given: Json | undefined): JsonObject {
  if (!isJsonObject(given) || LOWER.has(service)) return isJsonObject(given) ? given : {}
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [RENAMED[key] ?? (key[0]?.toUpperCase() ?? '') + key.slice(1), value]),
  )
}

function resourcesIn(
  record: JsonObject,
  service: string,
  operation: string,
  params: JsonObject,
  region: string,
): readonly string[] {
  const account = typeof record.recipientAccountId === 'string' ? record.recipientAccountId : '000000000000'
  const own = services.find((one) => one.service === service)
  const named =
    own?.resources(operation, params, { region, account }) ?? resourcesOf(service, operation, params, { region, account })
  const listed = Array.isArray(record.resources) ? (record.resources as readonly Json[]) : []
  const arns = listed
    .flatMap((one) => (isJsonObject(one) ? (one.ARN ?? one.arn ?? []) : []))
    .filter((arn) => typeof arn === 'string')
  return named.length > 0 ? named : arns
}
