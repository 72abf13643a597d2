import type { AwsRequest } from '../request.js'

// Sub-resources in the query: [name, noun of the bucket's operation, noun of the object's operation]
const SUBRESOURCES: readonly (readonly [string, string | null, string | null])[] = [
  ['acl', 'BucketAcl', 'ObjectAcl'],
  ['tagging', 'BucketTagging', 'ObjectTagging'],
  ['legal-hold', null, 'ObjectLegalHold'],
  ['retention', null, 'ObjectRetention'],
  ['attributes', null, 'ObjectAttributes'],
  ['torrent', null, 'ObjectTorrent'],
  ['annotation', null, 'ObjectAnnotation'],
  ['object-lock', 'ObjectLockConfiguration', null],
  ['accelerate', 'BucketAccelerateConfiguration', null],
  ['analytics', 'BucketAnalyticsConfiguration', null],
  ['cors', 'BucketCors', null],
  ['encryption', 'BucketEncryption', null],
  ['intelligent-tiering', 'BucketIntelligentTieringConfiguration', null],
  ['inventory', 'BucketInventoryConfiguration', null],
  ['lifecycle', 'BucketLifecycleConfiguration', null],
  ['location', 'BucketLocation', null],
  ['logging', 'BucketLogging', null],
  ['metrics', 'BucketMetricsConfiguration', null],
  ['notification', 'BucketNotificationConfiguration', null],
  ['ownershipControls', 'BucketOwnershipControls', null],
  ['policy', 'BucketPolicy', null],
  ['policyStatus', 'BucketPolicyStatus', null],
  ['publicAccessBlock', 'PublicAccessBlock', null],
  ['replication', 'BucketReplication', null],
  ['requestPayment', 'BucketRequestPayment', null],
  ['versioning', 'BucketVersioning', null],
  ['website', 'BucketWebsite', null],
]
const VERBS: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' }
// AWS's own irregular names
const RENAMED: Readonly<Record<string, string>> = { DeleteBucketLifecycleConfiguration: 'DeleteBucketLifecycle' }

/** The S3 operation of a method, a path shape and a query; the `x-id` of newer clients counts only when it fits the method. */
export function s3Operation(request: AwsRequest, bucket: string | undefined, key: string | undefined): string {
  const { method, query } = request
  const sub = SUBRESOURCES.find(([name]) => query.has(name))
  const verb = VERBS[method]
  if (sub !== undefined && verb !== undefined) {
    const noun = key === undefined ? sub[1] : sub[2]
    if (noun !== null) return RENAMED[verb + noun] ?? verb + noun
  }
  if (bucket === undefined) return method === 'GET' ? 'ListBuckets' : 'unknown'
  return key === undefined ? bucketOperation(method, query) : objectOperation(request)
}

function bucketOperation(method: string, query: URLSearchParams): string {
  if (method === 'POST') return query.has('delete') ? 'DeleteObjects' : 'unknown'
  if (method !== 'GET')
    return ({ PUT: 'CreateBucket', DELETE: 'DeleteBucket', HEAD: 'HeadBucket' } as Record<string, string>)[method] ?? 'unknown'
  if (query.has('uploads')) return 'ListMultipartUploads'
  if (query.has('versions')) return 'ListObjectVersions'
  if (query.has('session')) return 'CreateSession'
  return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects'
}

function objectOperation({ method, query, headers }: AwsRequest): string {
  const copies = headers['x-amz-copy-source'] !== undefined
  switch (method) {
    case 'GET':
      return query.has('uploadId') ? 'ListParts' : 'GetObject'
    case 'HEAD':
      return 'HeadObject'
    case 'PUT':
      if (query.has('renameObject')) return 'RenameObject'
      if (query.has('partNumber')) return copies ? 'UploadPartCopy' : 'UploadPart'
      return copies ? 'CopyObject' : 'PutObject'
    case 'DELETE':
      return query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject'
    case 'POST':
      if (query.has('uploads')) return 'CreateMultipartUpload'
      if (query.has('uploadId')) return 'CompleteMultipartUpload'
      if (query.has('select')) return 'SelectObjectContent'
      return query.has('restore') ? 'RestoreObject' : 'unknown'
    default:
      return 'unknown'
  }
}
