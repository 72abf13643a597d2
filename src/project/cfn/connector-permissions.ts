/** What a connector allows the function's role: by the other resource's type, for Read and for Write. `{}` is the other one's ARN. */
export interface ConnectorPermission {
  readonly resources: readonly string[]
  readonly read: readonly string[]
  readonly write: readonly string[]
}

const list = (service: string, names: string): readonly string[] =>
  names === '' ? [] : names.split(' ').map((name) => `${service}:${name}`)
const permission = (service: string, resources: readonly string[], read: string, write: string): ConnectorPermission => ({
  resources,
  read: list(service, read),
  write: list(service, write),
})

const table = permission(
  'dynamodb',
  ['{}', '{}/index/*'],
  'GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect',
  'PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate',
)
const machine = permission(
  'states',
  ['{}'],
  'DescribeExecution DescribeStateMachineForExecution GetExecutionHistory ListExecutions',
  'StartExecution StartSyncExecution StopExecution',
)

/** The function is the source: its role may use the destination. */
export const FROM_FUNCTION: Readonly<Record<string, ConnectorPermission>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::Serverless::SimpleTable': table,
  'AWS::S3::Bucket': permission(
    's3',
    ['{}', '{}/*'],
    'GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts',
    'AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention RestoreObject',
  ),
  'AWS::SQS::Queue': permission(
    'sqs',
    ['{}'],
    'ReceiveMessage GetQueueAttributes',
    'DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue',
  ),
  'AWS::SNS::Topic': permission('sns', ['{}'], '', 'Publish'),
  'AWS::Lambda::Function': permission('lambda', ['{}'], '', 'InvokeAsync InvokeFunction'),
  'AWS::Serverless::Function': permission('lambda', ['{}'], '', 'InvokeAsync InvokeFunction'),
  'AWS::StepFunctions::StateMachine': machine,
  'AWS::Serverless::StateMachine': machine,
  'AWS::Events::EventBus': permission('events', ['{}'], '', 'PutEvents'),
  'AWS::Location::PlaceIndex': permission(
    'geo',
    ['{}'],
    'DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions SearchPlaceIndexForText',
    '',
  ),
}

/** The function is the destination and polls the source with its own role. */
export const TO_FUNCTION: Readonly<Record<string, ConnectorPermission>> = {
  'AWS::SQS::Queue': permission('sqs', ['{}'], 'ReceiveMessage GetQueueAttributes', 'DeleteMessage'),
  'AWS::DynamoDB::Table': permission('dynamodb', ['{}/stream/*'], 'DescribeStream GetRecords GetShardIterator ListStreams', ''),
  'AWS::Serverless::SimpleTable': permission(
    'dynamodb',
    ['{}/stream/*'],
    'DescribeStream GetRecords GetShardIterator ListStreams',
    '',
  ),
}
