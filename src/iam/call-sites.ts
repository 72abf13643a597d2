// IAM actions that API operations of another name ask for. The operation of the same name is always meant too.
const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:PutItem': ['TransactWriteItems'],
  'dynamodb:UpdateItem': ['TransactWriteItems'],
  'dynamodb:DeleteItem': ['TransactWriteItems'],
  'dynamodb:ConditionCheckItem': ['TransactWriteItems'],
  'dynamodb:GetItem': ['TransactGetItems'],
  'dynamodb:PartiQLSelect': ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'],
  'dynamodb:PartiQLInsert': ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'],
  'dynamodb:PartiQLUpdate': ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'],
  'dynamodb:PartiQLDelete': ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'],
  's3:GetObject': ['HeadObject', 'CopyObject', 'UploadPartCopy', 'SelectObjectContent', 'GetObjectAttributes'],
  's3:GetObjectVersion': ['GetObject', 'HeadObject', 'CopyObject', 'UploadPartCopy'],
  's3:GetObjectTagging': ['CopyObject'],
  's3:PutObject': [
    'CopyObject',
    'CreateMultipartUpload',
    'UploadPart',
    'UploadPartCopy',
    'CompleteMultipartUpload',
    'Upload',
    'createPresignedPost',
  ],
  's3:PutObjectAcl': ['PutObject', 'CopyObject', 'CreateMultipartUpload', 'Upload'],
  's3:PutObjectTagging': ['PutObject', 'CopyObject', 'CreateMultipartUpload', 'Upload'],
  's3:AbortMultipartUpload': ['Upload'],
  's3:DeleteObject': ['DeleteObjects'],
  's3:DeleteObjectVersion': ['DeleteObject', 'DeleteObjects'],
  's3:ListBucket': ['ListObjects', 'ListObjectsV2', 'HeadBucket', 'HeadObject', 'GetObject'],
  's3:ListAllMyBuckets': ['ListBuckets'],
  's3:ListBucketVersions': ['ListObjectVersions'],
  's3:ListBucketMultipartUploads': ['ListMultipartUploads'],
  's3:ListMultipartUploadParts': ['ListParts'],
  'sqs:SendMessage': ['SendMessageBatch'],
  'sqs:DeleteMessage': ['DeleteMessageBatch'],
  'sqs:ChangeMessageVisibility': ['ChangeMessageVisibilityBatch'],
  'sns:Publish': ['PublishBatch'],
  // SendEmail of the second API sends raw mail too; the first one's does not.
  'ses:SendRawEmail': ['SESv2Client', 'SESv2', 'SESV2'],
  'lambda:InvokeFunction': ['Invoke', 'InvokeAsync', 'InvokeWithResponseStream'],
  'kms:ReEncryptFrom': ['ReEncrypt'],
  'kms:ReEncryptTo': ['ReEncrypt'],
  'execute-api:ManageConnections': ['PostToConnection', 'GetConnection', 'DeleteConnection'],
  'bedrock:InvokeModel': ['Converse'],
  'bedrock:InvokeModelWithResponseStream': ['ConverseStream'],
}
// Names that lib-dynamodb and the DocumentClient give to DynamoDB's operations.
const DOCUMENT: Readonly<Record<string, string>> = {
  PutItem: 'Put',
  GetItem: 'Get',
  UpdateItem: 'Update',
  DeleteItem: 'Delete',
  BatchGetItem: 'BatchGet',
  BatchWriteItem: 'BatchWrite',
  TransactWriteItems: 'TransactWrite',
  TransactGetItems: 'TransactGet',
  Query: 'Query',
  Scan: 'Scan',
}

/** True when the code names a call that needs this action, in one of the SDK's ways of writing it. */
export function isNamed(action: string, names: ReadonlySet<string>): boolean {
  const colon = action.indexOf(':')
  const [prefix, own] = [action.slice(0, colon), action.slice(colon + 1)]
  const operations = [own, ...(Object.hasOwn(OPERATIONS, action) ? OPERATIONS[action]! : [])]
  return operations.some((operation) => spellings(prefix, operation, names).some((name) => names.has(name)))
}

function spellings(prefix: string, operation: string, names: ReadonlySet<string>): string[] {
  const method = operation[0]!.toLowerCase() + operation.slice(1)
  const usual = [operation, `${operation}Command`, method, `paginate${operation}`, `waitUntil${operation}`]
  if (prefix !== 'dynamodb' || !Object.hasOwn(DOCUMENT, operation)) return usual
  const alias = DOCUMENT[operation]!
  // `get` and `put` are everybody's words: as methods they count only beside a document client.
  const methods = names.has('DynamoDBDocument') || names.has('DocumentClient') ? [alias[0]!.toLowerCase() + alias.slice(1)] : []
  return [...usual, `${alias}Command`, ...methods]
}

/** The actions IAM asks for when an API operation of this name is called, for one who wrote the operation into a policy. */
export function actionsOfOperation(action: string): readonly string[] {
  const colon = action.indexOf(':')
  const [prefix, operation] = [action.slice(0, colon + 1).toLowerCase(), action.slice(colon + 1).toLowerCase()]
  return Object.entries(OPERATIONS)
    .filter(([known, operations]) => known.startsWith(prefix) && operations.some((name) => name.toLowerCase() === operation))
    .map(([known]) => known)
}
