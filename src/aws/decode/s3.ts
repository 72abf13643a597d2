import type { JsonObject } from '../../model/index.js'
import { modelsOf } from '../models/model.js'
import type { AwsRequest } from '../request.js'
import { capText } from './cap.js'
import { decodeAwsChunked } from './chunked.js'
import type { DecodedBody } from './decoded.js'
import { bodyParams, boundParams } from './rest.js'
import { decodePart } from './rest-json.js'
import { s3Operation } from './s3-operation.js'
import { s3Host } from './scope.js'

// Said by the SDK about the transfer, not by the function.
const OF_TRANSFER = /^(?:Checksum\w*|ContentMD5|ContentLength)$/

/** REST-XML of S3, virtual-host and path style: the names and the operation are read by hand, the rest by the model. */
export function decodeS3(service: string, request: AwsRequest): DecodedBody {
  const { bucket, key } = nameOf(request)
  const model = modelsOf('s3')[0]
  const operation = s3Operation(request, { model, service, bucket, key })
  const api = model?.operation(operation)
  const chunked = /aws-chunked/i.test(request.headers['content-encoding'] ?? '')
  const bytes = chunked ? decodeAwsChunked(request.body) : request.body
  const names = new Map(
    Object.entries({ Bucket: bucket, Key: key }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const known = { operation, protocol: 'rest-xml' as const, bytes, model, api }
  if (api === undefined)
    return { ...known, params: { ...Object.fromEntries(names), ...unknownParams(request, bytes) }, problem: null }
  const bound = Object.entries(boundParams(api, withoutChunking(request), names)).filter(([name]) => !OF_TRANSFER.test(name))
  const { params, problem } = bodyParams(api, 'rest-xml', bytes)
  return { ...known, params: { ...Object.fromEntries(bound), ...params }, problem }
}

/** `aws-chunked` is how the body travels, not how the object is encoded. */
function withoutChunking(request: AwsRequest): AwsRequest {
  const { 'content-encoding': encoding = '', ...headers } = request.headers
  const own = encoding.replace(/,?\s*aws-chunked\s*,?/i, '')
  return { ...request, headers: own === '' ? headers : { ...headers, 'content-encoding': own } }
}

function unknownParams({ method, path }: AwsRequest, bytes: Buffer): JsonObject {
  return { ...(bytes.length === 0 ? {} : { Body: capText(bytes.toString('utf8')) }), method, path: capText(path) }
}

function nameOf({ host, path }: AwsRequest): { bucket?: string; key?: string } {
  const virtual = s3Host(host)?.bucket
  const rest = path.replace(/^\//, '')
  if (virtual !== undefined) return rest === '' ? { bucket: virtual } : { bucket: virtual, key: decodePart(rest) }
  const [bucket = '', ...parts] = rest.split('/')
  if (bucket === '') return {}
  const key = decodePart(parts.join('/'))
  return key === '' ? { bucket: decodePart(bucket) } : { bucket: decodePart(bucket), key }
}
