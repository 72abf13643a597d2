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
  DeleteBucketOwnershipControls: 'PutBucketOwnershipControls',
  CreateBucketMetadataConfiguration: 'CreateBucketMetadataTableConfiguration',
  DeleteBucketMetadataConfiguration: 'DeleteBucketMetadataTableConfiguration',
  GetBucketMetadataConfiguration: 'GetBucketMetadataTableConfiguration',
}
// Operations of other prefixes: of directory buckets, of Object Lambda
const ELSEWHERE: Readonly<Record<string, string>> = {
  CreateSession: 's3express:CreateSession',
  RenameObject: 's3express:CreateSession',
  ListDirectoryBuckets: 's3express:ListAllMyDirectoryBuckets',
  WriteGetObjectResponse: 's3-object-lambda:WriteGetObjectResponse',
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
  if (Object.hasOwn(ELSEWHERE, operation)) return onEach(ELSEWHERE[operation]!, [])
  if (operation === 'GetObjectAttributes')
    return [
      ...onEach(versioned('GetObject', params.VersionId), call.resources),
      ...onEach(versioned(operation, params.VersionId), call.resources),
    ]
  return [...extras(call, onEach(versioned(nameOf(operation), params.VersionId), call.resources)), ...besides(call)]
}

/** Four kinds of configuration share a rule: reading is one action, writing and deleting another. */
function nameOf(operation: string): string {
  if (Object.hasOwn(ACTIONS, operation)) return ACTIONS[operation]!
  const kind = /^(Get|List|Put|Delete)Bucket(Analytics|IntelligentTiering|Inventory|Metrics)Configurations?$/.exec(operation)
  if (kind === null) return operation
  return `${kind[1] === 'Get' || kind[1] === 'List' ? 'Get' : 'Put'}${kind[2]}Configuration`
}

function versioned(name: string, versionId: unknown): string {
  return `s3:${versionId !== undefined && Object.hasOwn(VERSIONED, name) ? VERSIONED[name]! : name}`
}

/** Without the right to list, S3 says 403 instead of 404 of a key that is not there. */
function besides({ operation, params, resources, region }: MappedCall): NeededAction[] {
  if (params.BypassGovernanceRetention === true) return onEach('s3:BypassGovernanceRetention', resources, 'implied')
  if ((operation !== 'GetObject' && operation !== 'HeadObject') || params.Bucket === undefined) return []
  const action = params.VersionId === undefined ? 's3:ListBucket' : 's3:ListBucketVersions'
  return onEach(action, [`arn:${partitionOf(region)}:s3:::${String(params.Bucket)}`], 'may')
}

const destination = ({ params, region }: Pick<MappedCall, 'params' | 'region'>): string[] => [
  `arn:${partitionOf(region)}:s3:::${String(params.Bucket)}/${String(params.Key)}`,
]

function source({ operation, params, region }: MappedCall): NeededAction[] {
  const from = copySource(params)
  if (from === undefined) return []
  const arns = [`arn:${partitionOf(region)}:s3:::${from.bucket}/${from.key}`]
  const reads = onEach(versioned('GetObject', from.versionId), arns, 'implied')
  // A copy takes the tags along, when there are any.
  if (operation !== 'CopyObject' || params.TaggingDirective === 'REPLACE') return reads
  const writes = onEach('s3:PutObjectTagging', destination({ params, region }), 'may')
  return [...reads, ...onEach(versioned('GetObjectTagging', from.versionId), arns, 'may'), ...writes]
}

/** What a new object's headers ask for besides PutObject. */
function extras(call: MappedCall, actions: NeededAction[]): NeededAction[] {
  const { operation, params } = call
  if (!CREATES.has(operation)) return actions
  const on = (action: string): NeededAction[] => onEach(action, destination(call), 'implied')
  return [
    ...actions,
    ...(params.Tagging === undefined ? [] : on('s3:PutObjectTagging')),
    ...(GRANTS.some((name) => params[name] !== undefined) ? on('s3:PutObjectAcl') : []),
    ...(params.IfMatch === undefined ? [] : on('s3:GetObject')),
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
