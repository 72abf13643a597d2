import type { NeededAction } from '../model/index.js'
import { type MappedCall, onEach } from './mapped-call.js'

// What a service asks of KMS in the caller's name when what it stores is encrypted with a key of the customer's.
const READ = ['kms:Decrypt']
const WRITE = ['kms:GenerateDataKey']
const BOTH = ['kms:Decrypt', 'kms:GenerateDataKey']
const DYNAMODB_DATA =
  /^(Batch|Transact)?(Get|Put|Update|Delete|Write)Items?$|^Batch(Get|Write)Item$|^(Query|Scan|(Batch)?ExecuteStatement|ExecuteTransaction)$/

const KMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  s3: {
    ...{ GetObject: READ, GetObjectAttributes: READ, SelectObjectContent: READ, CompleteMultipartUpload: READ },
    ...{ PutObject: WRITE, CreateMultipartUpload: WRITE, CopyObject: BOTH, UploadPart: BOTH, UploadPartCopy: BOTH },
  },
  sqs: { SendMessage: BOTH, SendMessageBatch: BOTH, ReceiveMessage: READ },
  sns: { Publish: BOTH, PublishBatch: BOTH },
  events: { PutEvents: BOTH },
  kinesis: { PutRecord: WRITE, PutRecords: WRITE, GetRecords: READ, SubscribeToShard: READ },
  secretsmanager: {
    ...{ GetSecretValue: READ, BatchGetSecretValue: READ },
    ...{ CreateSecret: BOTH, PutSecretValue: BOTH, UpdateSecret: BOTH, RotateSecret: BOTH },
  },
}
const ATHENA = [
  ...['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartitions', 'lakeformation:GetDataAccess'],
  ...['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
]

/** What a call may need of other services, which its request does not show: keys behind encrypted data, data behind a query. */
export function behindIt(call: MappedCall): readonly NeededAction[] {
  const others = call.service === 'athena' && call.operation === 'StartQueryExecution' ? ATHENA : []
  return [...keysBehind(call), ...others].flatMap((action) => onEach(action, [], 'may'))
}

function keysBehind({ service, operation, params }: MappedCall): readonly string[] {
  if (service === 'dynamodb') return DYNAMODB_DATA.test(operation) ? READ : []
  if (service === 'ssm') return parameterKeys(operation, params)
  // SMS and mobile push have no topic whose key could be asked for.
  if (service === 'sns' && params.TopicArn === undefined) return []
  // The key is named, or S3's own is asked for.
  if (service === 's3' && (params.SSEKMSKeyId !== undefined || params.ServerSideEncryption === 'AES256')) return []
  const operations = Object.hasOwn(KMS, service) ? KMS[service]! : {}
  return Object.hasOwn(operations, operation) ? operations[operation]! : []
}

function parameterKeys(operation: string, { WithDecryption, Type }: MappedCall['params']): readonly string[] {
  if (operation === 'PutParameter') return Type === 'SecureString' ? ['kms:Encrypt', 'kms:GenerateDataKey'] : []
  return WithDecryption === true && /^GetParameter/.test(operation) ? READ : []
}
