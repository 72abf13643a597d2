import { isJsonObject, type NeededAction } from '../model/index.js'
import { type MappedCall, onEach } from './mapped-call.js'
import { copySource } from './services/s3.js'
import { partitionOf } from './services/service.js'

// Operations whose action has another name; a versionId turns the object actions into their Version twins.
const ACTIONS: Readonly<Record<string, string>> = {
  HeadObject: 'GetObject',
  SelectObjectContent: 'GetObject',
  GetObjectTorrent: 'GetObjectTorrent',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  HeadBucket: 'ListBucket',
  ListBuckets: 'ListAllMyBuckets',
  ListObjectVersions: 'ListBucketVersions',
  ListMultipartUploads: 'ListBucketMultipartUploads',
  ListParts: 'ListMultipartUploadParts',
  CreateMultipartUpload: 'PutObject',
  UploadPart: 'PutObject',
  CompleteMultipartUpload: 'PutObject',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  PutBucketEncryption: 'PutEncryptionConfiguration',
  DeleteBucketEncryption: 'PutEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  DeleteBucketLifecycle: 'PutLifecycleConfiguration',
  GetBucketNotificationConfiguration: 'GetBucketNotification',
  PutBucketNotificationConfiguration: 'PutBucketNotification',
  GetBucketCors: 'GetBucketCORS',
  PutBucketCors: 'PutBucketCORS',
  DeleteBucketCors: 'PutBucketCORS',
  DeleteBucketTagging: 'PutBucketTagging',
  GetBucketReplication: 'GetReplicationConfiguration',
  PutBucketReplication: 'PutReplicationConfiguration',
  DeleteBucketReplication: 'PutReplicationConfiguration',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  PutBucketAccelerateConfiguration: 'PutAccelerateConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  PutObjectLockConfiguration: 'PutBucketObjectLockConfiguration',
  GetBucketMetricsConfiguration: 'GetMetricsConfiguration',
  GetBucketInventoryConfiguration: 'GetInventoryConfiguration',
  GetBucketAnalyticsConfiguration: 'GetAnalyticsConfiguration',
  GetBucketIntelligentTieringConfiguration: 'GetIntelligentTieringConfiguration',
}
const VERSIONED: Readonly<Record<string, string>> = {
  GetObject: 'GetObjectVersion',
  DeleteObject: 'DeleteObjectVersion',
  GetObjectTagging: 'GetObjectVersionTagging',
  PutObjectTagging: 'PutObjectVersionTagging',
  DeleteObjectTagging: 'DeleteObjectVersionTagging',
  GetObjectAcl: 'GetObjectVersionAcl',
  PutObjectAcl: 'PutObjectVersionAcl',
  GetObjectAttributes: 'GetObjectVersionAttributes',
}
const CREATES = new Set(['PutObject', 'CopyObject', 'CreateMultipartUpload'])
const GRANTS = ['ACL', 'GrantRead', 'GrantWrite', 'GrantFullControl', 'GrantReadACP', 'GrantWriteACP']

/** S3's actions, from the request as it was made: copies read their source, a tag or an ACL on a put needs its own. */
export function s3Actions(call: MappedCall): readonly NeededAction[] {
  const { operation, params } = call
  if (operation === 'CopyObject' || operation === 'UploadPartCopy')
    return [...source(call), ...extras(call, onEach('s3:PutObject', destination(call)))]
  if (operation === 'DeleteObjects') return deletions(call)
  if (operation === 'ListBuckets') return onEach('s3:ListAllMyBuckets', [])
  if (operation === 'GetObjectAttributes')
    return [
      ...onEach(versioned('GetObject', params.VersionId), call.resources),
      ...onEach(versioned(operation, params.VersionId), call.resources),
    ]
  const name = Object.hasOwn(ACTIONS, operation) ? ACTIONS[operation]! : operation
  return extras(call, onEach(versioned(name, params.VersionId), call.resources))
}

function versioned(name: string, versionId: unknown): string {
  return `s3:${versionId !== undefined && Object.hasOwn(VERSIONED, name) ? VERSIONED[name]! : name}`
}

const destination = ({ params, region }: MappedCall): string[] => [
  `arn:${partitionOf(region)}:s3:::${String(params.Bucket)}/${String(params.Key)}`,
]

function source({ operation, params, region }: MappedCall): NeededAction[] {
  const from = copySource(params)
  if (from === undefined) return []
  const arns = [`arn:${partitionOf(region)}:s3:::${from.bucket}/${from.key}`]
  const reads = onEach(versioned('GetObject', from.versionId), arns)
  // A copy takes the tags along, when there are any.
  const tags = operation === 'CopyObject' && params.TaggingDirective !== 'REPLACE'
  return tags ? [...reads, ...onEach(versioned('GetObjectTagging', from.versionId), arns, 'may')] : reads
}

/** What a new object's headers ask for besides PutObject. */
function extras(call: MappedCall, actions: NeededAction[]): NeededAction[] {
  const { operation, params } = call
  if (!CREATES.has(operation)) return actions
  const on = (action: string): NeededAction[] => onEach(action, destination(call))
  return [
    ...actions,
    ...(params.Tagging === undefined ? [] : on('s3:PutObjectTagging')),
    ...(GRANTS.some((name) => params[name] !== undefined) ? on('s3:PutObjectAcl') : []),
    ...(params.ObjectLockMode === undefined ? [] : on('s3:PutObjectRetention')),
    ...(params.ObjectLockLegalHoldStatus === undefined ? [] : on('s3:PutObjectLegalHold')),
    ...(params.SSEKMSKeyId === undefined ? [] : onEach('kms:GenerateDataKey', [String(params.SSEKMSKeyId)], 'may')),
  ]
}

function deletions({ params, resources, region }: MappedCall): NeededAction[] {
  const listed = isJsonObject(params.Delete) ? params.Delete.Objects : undefined
  const objects = Array.isArray(listed) ? listed.filter(isJsonObject) : []
  if (objects.length === 0) return onEach('s3:DeleteObject', resources)
  return objects.flatMap(({ Key, VersionId }) =>
    onEach(versioned('DeleteObject', VersionId), [`arn:${partitionOf(region)}:s3:::${String(params.Bucket)}/${String(Key)}`]),
  )
}
