import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { AwsRequest } from '../request.js'
import { capText } from './cap.js'
import type { DecodedBody } from './decoded.js'

// service, method, path ({Label} is one segment), operation, and the member that is the whole body, where one is
const ROUTES: readonly (readonly [string, string, string, string, string?])[] = [
  ['rds-data', 'POST', '/Execute', 'ExecuteStatement'],
  ['rds-data', 'POST', '/BatchExecute', 'BatchExecuteStatement'],
  ['rds-data', 'POST', '/BeginTransaction', 'BeginTransaction'],
  ['rds-data', 'POST', '/CommitTransaction', 'CommitTransaction'],
  ['rds-data', 'POST', '/RollbackTransaction', 'RollbackTransaction'],
  ['rds-data', 'POST', '/ExecuteSql', 'ExecuteSql'],
  ['ses', 'POST', '/v2/email/outbound-emails', 'SendEmail'],
  ['ses', 'POST', '/v2/email/outbound-bulk-emails', 'SendBulkEmail'],
  ['lambda', 'POST', '/2015-03-31/functions/{FunctionName}/invocations', 'Invoke', 'Payload'],
  ['lambda', 'POST', '/2014-11-13/functions/{FunctionName}/invoke-async', 'InvokeAsync', 'InvokeArgs'],
  ['lambda', 'GET', '/2015-03-31/functions/{FunctionName}', 'GetFunction'],
  ['execute-api', 'POST', '/@connections/{ConnectionId}', 'PostToConnection', 'Data'],
  ['execute-api', 'GET', '/@connections/{ConnectionId}', 'GetConnection'],
  ['execute-api', 'DELETE', '/@connections/{ConnectionId}', 'DeleteConnection'],
  ['bedrock', 'POST', '/model/{modelId}/invoke', 'InvokeModel', 'body'],
  ['bedrock', 'POST', '/model/{modelId}/converse', 'Converse'],
  ['scheduler', 'POST', '/schedules/{Name}', 'CreateSchedule'],
  ['appconfig', 'GET', '/configuration', 'GetLatestConfiguration'],
  ['iotdata', 'POST', '/topics/{topic}', 'Publish', 'payload'],
  ['geo', 'POST', '/places/v0/indexes/{IndexName}/search/text', 'SearchPlaceIndexForText'],
]

/** REST-JSON: the route gives the operation, labels and body the parameters. Undefined when no route is known. */
export function decodeRestJson(service: string, request: AwsRequest): DecodedBody | undefined {
  for (const [owner, method, template, operation, blob] of ROUTES) {
    if (owner !== service || method !== request.method) continue
    const labels = matchPath(template, request.path)
    if (labels === undefined) continue
    const body =
      blob === undefined ? jsonBody(request.body) : { value: { [blob]: capText(request.body.toString('utf8')) }, problem: null }
    const problem =
      body.problem ?? (body.value === undefined || isJsonObject(body.value) ? null : 'The body is not a JSON object')
    const params = isJsonObject(body.value) ? body.value : {}
    const inPath = { ...labels, ...Object.fromEntries(request.query) }
    return { operation, protocol: 'rest-json', bytes: request.body, params: { ...params, ...inPath }, problem }
  }
  return undefined
}

function matchPath(template: string, path: string): JsonObject | undefined {
  const want = template.split('/')
  const have = path.replace(/(.)\/$/, '$1').split('/')
  // The stage stands before @connections in the path of an API's own host.
  if (template.startsWith('/@') && have.length > want.length) have.splice(1, have.length - want.length)
  if (want.length !== have.length) return undefined
  const labels: [string, Json][] = []
  for (const [i, part] of want.entries()) {
    const segment = decodePart(have[i]!)
    const label = /^\{(\w+)\}$/.exec(part)?.[1]
    if (label !== undefined) labels.push([label, segment])
    else if (segment !== part) return undefined
  }
  return Object.fromEntries(labels)
}

/** Percent-decoding that lets a malformed text through as it is. */
export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // malformed escapes are hostile data, not our failure
  }
}

/** A JSON body, or why it is none. */
export function jsonBody(body: Buffer): { value: Json | undefined; problem: string | null } {
  if (body.length === 0) return { value: undefined, problem: null }
  try {
    return { value: JSON.parse(body.toString('utf8')) as Json, problem: null }
  } catch {
    return { value: undefined, problem: 'The body is not JSON' }
  }
}
