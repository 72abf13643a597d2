import type { Json } from '../../model/index.js'
import { arn } from './account.js'
import { MORE_POLICY_TEMPLATES } from './policy-templates-more.js'

/** Actions, resources with `{Parameter}`, conditions: one statement that allows. */
export type AllowStatement = readonly [actions: readonly string[], resources: readonly string[], conditions?: Json]

const names = (service: string, list: string): readonly string[] => list.split(' ').map((name) => `${service}:${name}`)
const bucket = [arn('s3', '{BucketName}'), arn('s3', '{BucketName}/*')]
const table = arn('dynamodb', 'table/{TableName}')
const indexes = `${table}/index/*`
const collection = [arn('rekognition', 'collection/{CollectionId}')]
const identity = [arn('ses', 'identity/{IdentityName}')]
const stream = [arn('kinesis', 'stream/{StreamName}')]
const delivery = [arn('firehose', 'deliverystream/{DeliveryStreamName}')]
const lexicon = [arn('polly', 'lexicon/{LexiconName}')]
const topic = [arn('sns', '{TopicName}*')]
const key = [arn('kms', 'key/{KeyId}')]

const READ_OBJECTS = 'GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration'
const WRITE_OBJECTS = 'PutObject PutObjectAcl PutLifecycleConfiguration'
const READ_ITEMS = 'GetItem Scan Query BatchGetItem DescribeTable'
const WRITE_ITEMS = 'PutItem UpdateItem BatchWriteItem'

/** SAM's policy templates by name: what `Policies: - S3ReadPolicy: { BucketName: x }` allows. */
export const POLICY_TEMPLATES: Readonly<Record<string, readonly AllowStatement[]>> = {
  ...MORE_POLICY_TEMPLATES,
  SQSPollerPolicy: [
    [
      names(
        'sqs',
        'ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage',
      ),
      [arn('sqs', '{QueueName}')],
    ],
  ],
  SQSSendMessagePolicy: [[names('sqs', 'SendMessage*'), [arn('sqs', '{QueueName}')]]],
  LambdaInvokePolicy: [[names('lambda', 'InvokeFunction'), [arn('lambda', 'function:{FunctionName}*')]]],
  DynamoDBCrudPolicy: [
    [
      names(
        'dynamodb',
        'GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem',
      ),
      [table, indexes],
    ],
  ],
  DynamoDBReadPolicy: [[names('dynamodb', READ_ITEMS), [table, indexes]]],
  DynamoDBWritePolicy: [[names('dynamodb', WRITE_ITEMS), [table, indexes]]],
  DynamoDBReconfigurePolicy: [[names('dynamodb', 'UpdateTable'), [table]]],
  DynamoDBStreamReadPolicy: [
    [names('dynamodb', 'DescribeStream GetRecords GetShardIterator'), [`${table}/stream/{StreamName}`]],
    [names('dynamodb', 'ListStreams'), [`${table}/stream/*`]],
  ],
  DynamoDBBackupFullAccessPolicy: [
    [names('dynamodb', 'CreateBackup DescribeContinuousBackups'), [table]],
    [names('dynamodb', 'DeleteBackup DescribeBackup ListBackups'), [`${table}/backup/*`]],
  ],
  DynamoDBRestoreFromBackupPolicy: [
    [names('dynamodb', 'RestoreTableFromBackup'), [`${table}/backup/*`]],
    [names('dynamodb', 'PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem'), [table]],
  ],
  S3ReadPolicy: [[names('s3', READ_OBJECTS), bucket]],
  S3WritePolicy: [[names('s3', WRITE_OBJECTS), bucket]],
  S3CrudPolicy: [[names('s3', `${READ_OBJECTS} ${WRITE_OBJECTS} DeleteObject`), bucket]],
  S3FullAccessPolicy: [
    [
      names(
        's3',
        'GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging',
      ),
      [arn('s3', '{BucketName}/*')],
    ],
    [
      names('s3', 'ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration'),
      [arn('s3', '{BucketName}')],
    ],
  ],
  SNSPublishMessagePolicy: [[names('sns', 'Publish'), [arn('sns', '{TopicName}')]]],
  SNSCrudPolicy: [[names('sns', 'ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish'), topic]],
  KinesisStreamReadPolicy: [
    [names('kinesis', 'ListStreams DescribeLimits'), [arn('kinesis', 'stream/*')]],
    [names('kinesis', 'DescribeStream DescribeStreamSummary GetRecords GetShardIterator'), stream],
  ],
  KinesisCrudPolicy: [
    [
      names(
        'kinesis',
        'AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream',
      ),
      stream,
    ],
  ],
  FirehoseWritePolicy: [[names('firehose', 'PutRecord PutRecordBatch'), delivery]],
  FirehoseCrudPolicy: [
    [
      names(
        'firehose',
        'CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination',
      ),
      delivery,
    ],
  ],
  EventBridgePutEventsPolicy: [[names('events', 'PutEvents'), [arn('events', 'event-bus/{EventBusName}')]]],
  StepFunctionsExecutionPolicy: [[names('states', 'StartExecution'), [arn('states', 'stateMachine:{StateMachineName}')]]],
  KMSDecryptPolicy: [[names('kms', 'Decrypt'), key]],
  KMSEncryptPolicy: [[names('kms', 'Encrypt'), key]],
  AWSSecretsManagerGetSecretValuePolicy: [[names('secretsmanager', 'GetSecretValue'), ['{SecretArn}']]],
  AWSSecretsManagerRotationPolicy: [
    [
      names('secretsmanager', 'DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage'),
      [arn('secretsmanager', 'secret:*')],
      {
        StringEquals: {
          'secretsmanager:resource/AllowRotationLambdaArn': arn('lambda', 'function:{FunctionName}'),
        },
      },
    ],
    [names('secretsmanager', 'GetRandomPassword'), ['*']],
  ],
  SSMParameterReadPolicy: [
    [names('ssm', 'DescribeParameters'), ['*']],
    [names('ssm', 'GetParameters GetParameter GetParametersByPath'), [arn('ssm', 'parameter/{ParameterName}')]],
  ],
  SSMParameterWithSlashPrefixReadPolicy: [
    [names('ssm', 'DescribeParameters'), ['*']],
    [names('ssm', 'GetParameters GetParameter GetParametersByPath'), [arn('ssm', 'parameter{ParameterName}')]],
  ],
  SESSendBouncePolicy: [[names('ses', 'SendBounce'), identity]],
  SESCrudPolicy: [[names('ses', 'GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity'), identity]],
  SESBulkTemplatedCrudPolicy: [
    [
      names(
        'ses',
        'GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail VerifyEmailIdentity',
      ),
      identity,
    ],
  ],
  SESBulkTemplatedCrudPolicy_v2: [
    [
      names('ses', 'SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail'),
      [...identity, arn('ses', 'template/{TemplateName}')],
    ],
    [names('ses', 'GetIdentityVerificationAttributes VerifyEmailIdentity'), ['*']],
  ],
  SESEmailTemplateCrudPolicy: [
    [names('ses', 'CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate'), ['*']],
  ],
  FilterLogEventsPolicy: [[names('logs', 'FilterLogEvents'), [arn('logs', 'log-group:{LogGroupName}:log-stream:*')]]],
  VPCAccessPolicy: [
    [names('ec2', 'CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface'), ['*']],
  ],
  AthenaQueryPolicy: [
    [
      names(
        'athena',
        'ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace GetCatalogs GetNamespaces GetTables GetTable',
      ),
      ['*'],
    ],
    [
      names(
        'athena',
        'StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery ListQueryExecutions StopQueryExecution GetQueryResultsStream ListNamedQueries CreateNamedQuery GetQueryExecution BatchGetNamedQuery BatchGetQueryExecution GetWorkGroup',
      ),
      [arn('athena', 'workgroup/{WorkGroupName}')],
    ],
  ],
  RekognitionNoDataAccessPolicy: [
    [names('rekognition', 'CompareFaces DetectFaces DetectLabels DetectModerationLabels'), collection],
  ],
  RekognitionReadPolicy: [[names('rekognition', 'ListCollections ListFaces SearchFaces SearchFacesByImage'), collection]],
  RekognitionWriteOnlyAccessPolicy: [[names('rekognition', 'CreateCollection IndexFaces'), collection]],
  RekognitionFacesManagementPolicy: [
    [names('rekognition', 'IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces'), collection],
  ],
  PollyFullAccessPolicy: [
    [names('polly', 'GetLexicon DeleteLexicon'), lexicon],
    [names('polly', 'DescribeVoices ListLexicons PutLexicon SynthesizeSpeech'), [arn('polly', 'lexicon/*')]],
  ],
}
