import type { NeededAction } from '../model/index.js'
import { type MappedCall, onEach } from './mapped-call.js'
import { arn, textOf } from './services/service.js'

// Operations on the bucket itself; all others go through a session.
const OWN =
  /^(CreateBucket|DeleteBucket|ListTagsForResource|TagResource|UntagResource|(Get|Put|Delete)Bucket(Policy|Encryption|LifecycleConfiguration|Lifecycle|MetricsConfiguration|InventoryConfiguration))$/
const NAMES: Readonly<Record<string, string>> = {
  ...{ GetBucketEncryption: 'GetEncryptionConfiguration', PutBucketEncryption: 'PutEncryptionConfiguration' },
  ...{ DeleteBucketEncryption: 'PutEncryptionConfiguration', DeleteBucketLifecycle: 'PutLifecycleConfiguration' },
  ...{
    GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
    PutBucketLifecycleConfiguration: 'PutLifecycleConfiguration',
  },
  ...{ GetBucketMetricsConfiguration: 'GetMetricsConfiguration', PutBucketMetricsConfiguration: 'PutMetricsConfiguration' },
  ...{
    DeleteBucketMetricsConfiguration: 'PutMetricsConfiguration',
    DeleteBucketInventoryConfiguration: 'PutInventoryConfiguration',
  },
  ...{
    GetBucketInventoryConfiguration: 'GetInventoryConfiguration',
    PutBucketInventoryConfiguration: 'PutInventoryConfiguration',
  },
}

/** Actions on directory buckets: whatever is done to an object is done in a session. */
export function s3ExpressActions({ operation, params, region }: MappedCall, account: string): readonly NeededAction[] {
  if (operation === 'ListDirectoryBuckets') return onEach('s3express:ListAllMyDirectoryBuckets', [])
  const bucket = textOf(params.Bucket)
  const resources = bucket === undefined ? [] : [arn('s3express', { region, account }, `bucket/${bucket}`)]
  const name = OWN.test(operation) ? (NAMES[operation] ?? operation) : 'CreateSession'
  return onEach(`s3express:${name}`, resources)
}
