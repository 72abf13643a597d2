import type { IamAction } from './snapshot.js'

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

// What a list of words names is asked of it thousands of times.
const named = new WeakMap<ReadonlySet<string>, ReadonlySet<string>>()

/** True when the code names a call that needs this action, in one of the SDK's ways of writing it. */
export function isNamed(action: string, names: ReadonlySet<string>): boolean {
  const operations = named.get(names) ?? operationsIn(names)
  named.set(names, operations)
  const colon = action.indexOf(':')
  const own = action.slice(colon + 1)
  if (operations.has(own) || (Object.hasOwn(OPERATIONS, action) && OPERATIONS[action]!.some((name) => operations.has(name))))
    return true
  if (!action.startsWith('dynamodb:')) return false
  return [own, ...(OPERATIONS[action] ?? [])].some((operation) => isDocumentCall(operation, names))
}

/** How the code may write an operation that asks for the action: `Put` of lib-dynamodb is `dynamodb:PutItem`. */
export function writingsOf(action: string, names: ReadonlySet<string>): readonly { written: string; operation: string }[] {
  const colon = action.indexOf(':')
  const [prefix, own] = [action.slice(0, colon), action.slice(colon + 1)]
  return [own, ...(OPERATIONS[action] ?? [])].flatMap((operation) => {
    const as = { written: operation, operation: `${prefix}:${operation}` }
    const alias = prefix === 'dynamodb' && isDocumentCall(operation, names) ? DOCUMENT[operation] : undefined
    return alias === undefined ? [as] : [as, { ...as, written: alias }]
  })
}

/** What lib-dynamodb and the DocumentClient call an operation of DynamoDB: `Put` for `PutItem`. */
export const documentAlias = (operation: string): string | undefined =>
  Object.hasOwn(DOCUMENT, operation) ? DOCUMENT[operation] : undefined

// Whoever named nothing is asked for all 22,000 actions too.
const NOTHING: readonly IamAction[] = []

/** Those actions that the code names a call of. */
export const namedAmong = (actions: readonly IamAction[], names: ReadonlySet<string>): readonly IamAction[] =>
  names.size === 0 ? NOTHING : actions.filter(({ name }) => isNamed(name, names))

/** Operations that the words name: `PutItem`, `PutItemCommand`, `putItem`, `paginateQuery`, `waitUntilTableExists`. */
function operationsIn(names: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const name of names) {
    found.add(name[0] === undefined ? name : name[0].toUpperCase() + name.slice(1))
    if (name.endsWith('Command')) found.add(name.slice(0, -'Command'.length))
    for (const prefix of ['paginate', 'waitUntil']) if (name.startsWith(prefix)) found.add(name.slice(prefix.length))
  }
  return found
}

function isDocumentCall(operation: string, names: ReadonlySet<string>): boolean {
  if (!Object.hasOwn(DOCUMENT, operation)) return false
  const alias = DOCUMENT[operation]!
  // `get` and `put` are everybody's words: as methods they count only beside a document client.
  const method = alias[0]!.toLowerCase() + alias.slice(1)
  return names.has(`${alias}Command`) || (names.has(method) && (names.has('DynamoDBDocument') || names.has('DocumentClient')))
}

/** The actions IAM asks for when an API operation of this name is called, for one who wrote the operation into a policy. */
export function actionsOfOperation(action: string): readonly string[] {
  const colon = action.indexOf(':')
  const [prefix, operation] = [action.slice(0, colon + 1).toLowerCase(), action.slice(colon + 1).toLowerCase()]
  return Object.entries(OPERATIONS)
    .filter(([known, operations]) => known.startsWith(prefix) && operations.some((name) => name.toLowerCase() === operation))
    .map(([known]) => known)
}
