import type { Operation, ServiceModel } from '../models/model.js'
import { membersOf } from '../models/shapes.js'
import type { AwsRequest } from '../request.js'

interface Target {
  readonly model: ServiceModel | undefined
  readonly service: string
  readonly bucket: string | undefined
  readonly key: string | undefined
}

/** The S3 operation of a method, a path shape and a query; the `x-id` of newer clients counts only between operations that fit. */
export function s3Operation(request: AwsRequest, { model, service, bucket, key }: Target): string {
  if (service === 's3-object-lambda') return 'WriteGetObjectResponse'
  const sub = model === undefined ? undefined : subresource(model, request, key !== undefined)
  if (sub !== undefined) return sub
  if (bucket === undefined && request.method === 'GET') return service === 's3express' ? 'ListDirectoryBuckets' : 'ListBuckets'
  if (bucket === undefined) return 'unknown'
  return key === undefined ? bucketOperation(request.method) : objectOperation(request)
}

/** The operation whose fixed query (`?acl`, `?list-type=2`) the request has; of several that with most of its other parameters. */
function subresource(model: ServiceModel, request: AwsRequest, hasKey: boolean): string | undefined {
  const fixed = model.operationNames
    .map((name) => model.operation(name)!)
    .filter(({ http }) => http?.method === request.method && http.uri.includes('{Key+}') === hasKey)
    .map((api) => ({ api, query: fixedQuery(api) }))
    .filter(({ query }) => query.length > 0 && query.every(([name, value]) => fits(request.query, name, value)))
  const rank = ({ api, query }: (typeof fixed)[number]): number =>
    query.length * 100 + (request.query.get('x-id') === api.name ? 50 : 0) + ownQuery(api, request.query)
  return fixed.sort((a, b) => rank(b) - rank(a))[0]?.api.name
}

const fixedQuery = ({ http }: Operation): [string, string][] =>
  [...new URLSearchParams(http?.uri.split('?')[1] ?? '')].filter(([name]) => name !== 'x-id')

const fits = (query: URLSearchParams, name: string, value: string): boolean =>
  query.has(name) && (value === '' || query.get(name) === value)

const ownQuery = ({ input }: Operation, query: URLSearchParams): number =>
  membersOf(input).filter(({ traits }) => traits.query !== undefined && query.has(traits.query)).length

function bucketOperation(method: string): string {
  const operations: Record<string, string> = {
    GET: 'ListObjects',
    PUT: 'CreateBucket',
    DELETE: 'DeleteBucket',
    HEAD: 'HeadBucket',
  }
  return Object.hasOwn(operations, method) ? operations[method]! : 'unknown'
}

function objectOperation({ method, query, headers }: AwsRequest): string {
  const copies = headers['x-amz-copy-source'] !== undefined
  switch (method) {
    case 'GET':
      return query.has('uploadId') ? 'ListParts' : 'GetObject'
    case 'HEAD':
      return 'HeadObject'
    case 'PUT':
      if (query.has('partNumber')) return copies ? 'UploadPartCopy' : 'UploadPart'
      return copies ? 'CopyObject' : 'PutObject'
    case 'DELETE':
      return query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject'
    case 'POST':
      return query.has('uploadId') ? 'CompleteMultipartUpload' : 'unknown'
    default:
      return 'unknown'
  }
}
