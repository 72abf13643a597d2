import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { AwsRequest } from '../request.js'
import { capText, isTooDeep } from './cap.js'
import type { Decoded, DecodedBody } from './decoded.js'
import { decodeQuery } from './query.js'
import { decodeRestJson, jsonBody } from './rest-json.js'
import { decodeS3 } from './s3.js'
import { scopeOf } from './scope.js'

/** Any AWS request in the API's own words. Nothing is dropped: what is not understood is `unknown`, with method and path. */
export function decode(request: AwsRequest, homeRegion: string): Decoded {
  const scope = scopeOf(request, homeRegion)
  const body = bodyOf(scope.service, request)
  const params = scope.service === 'ses' ? mailAsText(body.params) : body.params
  const problem = request.aborted ? 'The request ended before its body' : body.problem
  if (isTooDeep(body.params)) return { ...scope, ...body, params: {}, problem: 'The document is nested too deep' }
  return { ...scope, ...body, params, operation: operationName(body.operation), problem }
}

/** A raw mail travels as base64: as a parameter it is the mail itself (SES v1 and v2). */
function mailAsText(params: JsonObject): JsonObject {
  const textOf = (holder: Json | undefined): JsonObject | undefined =>
    isJsonObject(holder) && typeof holder.Data === 'string'
      ? { ...holder, Data: Buffer.from(holder.Data, 'base64').toString('utf8') }
      : undefined
  const first = textOf(params.RawMessage)
  const second = isJsonObject(params.Content) ? textOf(params.Content.Raw) : undefined
  return { ...params, ...(first && { RawMessage: first }), ...(second && { Content: { Raw: second } }) }
}

function bodyOf(service: string, request: AwsRequest): DecodedBody {
  const target = request.headers['x-amz-target']
  if (target !== undefined) return decodeJson(target, request)
  const rpc = /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(request.path)
  // No installed client sends CBOR, so the parameters are not read: the call is still named.
  if (rpc !== null) return { operation: rpc[1]!, protocol: 'cbor', params: {}, bytes: request.body, problem: null }
  if (service === 's3' || service === 's3express') return decodeS3(request)
  const form = formOf(request)
  if (form?.has('Action')) return decodeQuery(form, request.body)
  return decodeRestJson(service, request) ?? unknownBody(request)
}

/** AWS-JSON 1.0 and 1.1: `X-Amz-Target: Prefix.Operation`. */
function decodeJson(target: string, { body }: AwsRequest): DecodedBody {
  const operation = target.slice(target.lastIndexOf('.') + 1)
  const { value, problem } = jsonBody(body)
  const params = value ?? {}
  if (!isJsonObject(params))
    return { operation, protocol: 'json', params: {}, bytes: body, problem: problem ?? 'The body is not a JSON object' }
  return { operation, protocol: 'json', params, bytes: body, problem }
}

function formOf({ headers, body, query }: AwsRequest): URLSearchParams | undefined {
  if (query.has('Action')) return query
  const isForm = /^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '')
  return isForm ? new URLSearchParams(body.toString('utf8')) : undefined
}

function unknownBody({ method, host, path, body }: AwsRequest): DecodedBody {
  const params = {
    method,
    host: capText(host),
    path: capText(path),
    ...(body.length === 0 ? {} : { Body: capText(body.toString('utf8')) }),
  }
  return { operation: 'unknown', protocol: 'unknown', params, bytes: body, problem: null }
}

const operationName = (name: string): string => (/^[A-Za-z][A-Za-z0-9]{0,99}$/.test(name) ? name : 'unknown')
