import { modelsOf } from '../models/model.js'
import type { AwsRequest } from '../request.js'
import { capText, isTooDeep } from './cap.js'
import type { Decoded, DecodedBody } from './decoded.js'
import { decodeJson } from './json.js'
import { decodeQuery } from './query.js'
import { decodeRest } from './rest.js'
import { decodeRpc } from './rpc.js'
import { decodeS3 } from './s3.js'
import { scopeOf } from './scope.js'
import { shownParams } from './typed.js'

// Signing names of S3: general, directory buckets, object lambdas
const S3 = new Set(['s3', 's3express', 's3-object-lambda'])

/** Any AWS request in the API's own words. Nothing is dropped: what is not understood is `unknown`, with method and path. */
export function decode(request: AwsRequest, homeRegion: string): Decoded {
  const scope = scopeOf(request, homeRegion)
  const body = bodyOf(scope.service, request)
  if (isTooDeep(body.params)) return { ...scope, ...body, params: {}, shown: {}, problem: 'The document is nested too deep' }
  const shown = body.api === undefined ? body.params : shownParams(body.api.input, body.params)
  const problem = request.aborted ? 'The request ended before its body' : (sizeProblem(scope.service, request) ?? body.problem)
  return { ...scope, ...body, shown, operation: operationName(body.operation), problem }
}

/** Only an object of S3 may be longer than what is kept of a body: of any other document the end is missing. */
const sizeProblem = (service: string, { whole }: AwsRequest): string | undefined =>
  whole === undefined || S3.has(service) ? undefined : `The request is too large: ${whole.size} bytes`

function bodyOf(service: string, request: AwsRequest): DecodedBody {
  const target = request.headers['x-amz-target']
  if (target !== undefined) return decodeJson(target, request)
  if (S3.has(service)) return decodeS3(service, request)
  const rpc = decodeRpc(service, request)
  if (rpc !== undefined) return rpc
  const form = formOf(request)
  if (form?.has('Action')) return decodeQuery(service, form, request.body)
  return decodeRest(service, request) ?? unknownBody(service, request)
}

function formOf({ headers, body, query }: AwsRequest): URLSearchParams | undefined {
  if (query.has('Action')) return query
  const isForm = /^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '')
  return isForm ? new URLSearchParams(body.toString('utf8')) : undefined
}

function unknownBody(service: string, { method, host, path, body }: AwsRequest): DecodedBody {
  const params = {
    method,
    host: capText(host),
    path: capText(path),
    ...(body.length === 0 ? {} : { Body: capText(body.toString('utf8')) }),
  }
  return { operation: 'unknown', protocol: 'unknown', params, bytes: body, problem: null, model: modelsOf(service)[0] }
}

const operationName = (name: string): string => (/^[A-Za-z][A-Za-z0-9]{0,99}$/.test(name) ? name : 'unknown')
