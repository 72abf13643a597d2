import type { SourceId } from '../model/index.js'

/** What a handler's source says of the events it is written for: a pattern, the source, and the reason for people. */
const HINTS: readonly (readonly [RegExp, SourceId, string])[] = [
  [/\bAPIGatewayProxy(?:Event|Handler)V2\b|\bAPIGatewayProxyEventV2Schema\b/, 'apigw-v2', 'its event type'],
  [/\bLambdaFunctionU(?:rl|RL)(?:Event|Handler|Schema)/, 'function-url', 'its event type'],
  [/\bALB(?:Event|Handler|(?:MultiValueHeaders)?Schema)\b|\brequestContext\??\.elb\b/, 'alb', 'its event type'],
  [/\bAPIGatewayProxyWebsocket(?:Event|Handler)|\bAPIGatewayEventWebsocket/, 'apigw-websocket', 'its event type'],
  [/\bAPIGatewayRequestAuthorizer(?:Event|Handler|V2|Schema)/, 'authorizer-request', 'its event type'],
  [/\bAPIGatewayProxy(?:Event|Handler|EventSchema)\b|\bAPIGatewayEvent\b/, 'apigw-v1', 'its event type'],
  [/\bSQS(?:Event|Handler|Record|Schema|BatchResponse)\b|\bSqs\w*Schema\b/, 'sqs', 'its event type'],
  [/\bS3(?:Event|Handler|EventRecord|Schema)\b|['"]aws:s3['"]/, 's3', 'its event type'],
  [/\bDynamoDB(?:Stream)?(?:Event|Handler|Record|StreamSchema)\b|['"]aws:dynamodb['"]/, 'dynamodb-stream', 'its event type'],
  [/\bSNS(?:Event|Handler|EventRecord|Message)\b|\bSns(?:Schema|RecordSchema)\b|['"]aws:sns['"]/, 'sns', 'its event type'],
  [
    /\bKinesisStream(?:Event|Handler|Record|BatchResponse)\b|\bKinesisDataStream\w*Schema\b|['"]aws:kinesis['"]/,
    'kinesis',
    'its event type',
  ],
  [/\bS3ObjectCreatedNotificationEvent\b|\bS3EventNotificationEventBridge\w*Schema\b/, 's3-eventbridge', 'its event type'],
  [/\b(?:EventBridge|Scheduled)(?:Event|Handler|Schema)\b/, 'eventbridge', 'its event type'],
  [
    /\bMSK(?:Event|Handler|Record)\b|\bSelfManagedKafka(?:Event|Handler)\b|\bKafka\w*EventSchema\b|['"]aws:kafka['"]/,
    'kafka',
    'its event type',
  ],
  [/\bFirehoseTransformation(?:Event|Handler|Result)|\bKinesisFirehose\w*Schema\b/, 'firehose', 'its event type'],
  [/\bCloudWatchLogs(?:Event|Handler|Schema|DecodedData)\b|\bawslogs\b/, 'cloudwatch-logs', 'its event type'],
  [/\bSES(?:Event|Handler|Message|Mail)\b|\bSesSchema\b|['"]aws:ses['"]/, 'ses', 'its event type'],
  [/\bCloudFormationCustomResource\w*(?:Event|Handler|Schema)\b|\bResourceProperties\b/, 'cfn-custom-resource', 'its event type'],
  [
    /\b(?:PreSignUp|PostConfirmation|PreAuthentication|PostAuthentication|PreTokenGeneration|CustomMessage|DefineAuthChallenge|CreateAuthChallenge|VerifyAuthChallengeResponse|UserMigration)\w*Trigger(?:Event|Handler|Schema)\b/,
    'cognito',
    'its event type',
  ],
  [/\bAPIGatewayTokenAuthorizer(?:Event|Handler)\b/, 'authorizer-token', 'its event type'],
  [/['"]aws:sqs['"]|\bEventType\.SQS\b/, 'sqs', 'the event source it compares with'],
  [
    /from ['"]hono\/aws-lambda['"]|['"]serverless-http['"]|serverless-express['"]|@fastify\/aws-lambda['"]/,
    'apigw-v2',
    'its web framework adapter',
  ],
  [/\brouteArn\b|\bidentitySource\b/, 'authorizer-request', 'the property routeArn or identitySource'],
  [/\bauthorizationToken\b|\bmethodArn\b/, 'authorizer-token', 'the property authorizationToken or methodArn'],
  [/\bconnectionId\b/, 'apigw-websocket', 'the property connectionId'],
  [/\.Sns\b|\bSns:\s*\{|\.Sns\./, 'sns', 'the property Sns'],
  [/\.kinesis\.(?:data|partitionKey)\b/, 'kinesis', 'the property kinesis.data'],
  [/['"]detail-type['"]/, 'eventbridge', 'the property detail-type'],
  [/\btriggerSource\b|\brequest\.userAttributes\b/, 'cognito', 'the property triggerSource or userAttributes'],
  [/\bbootstrapServers\b|\btimestampType\b/, 'kafka', 'the property bootstrapServers or timestampType'],
  [/\bcommonHeaders\b|\bses\.mail\b/, 'ses', 'the property ses.mail'],
  [/\brecordId\b/, 'firehose', 'the property recordId'],
  [/\.s3\.(?:object|bucket)\b|\bs3:\s*\{\s*(?:object|bucket)\b/, 's3', 'the property s3.object'],
  [/\b(?:NewImage|OldImage)\b/, 'dynamodb-stream', 'the property NewImage or OldImage'],
  [
    /\b(?:rawPath|rawQueryString|routeKey)\b|requestContext\??\.http\b/,
    'apigw-v2',
    'the property rawPath, routeKey or requestContext.http',
  ],
  [
    /\bhttpMethod\b|\bmultiValue(?:Headers|QueryStringParameters)\b|\bevent\.resource\b/,
    'apigw-v1',
    'the property httpMethod or resource',
  ],
  [/\b(?:messageAttributes|receiptHandle|messageId|batchItemFailures)\b/, 'sqs', 'the property messageId or messageAttributes'],
  [/^(?=.*\bRecords\b).*\.body\b/s, 'sqs', 'records with a body'],
  [
    /\b(?:queryStringParameters|pathParameters|isBase64Encoded)\b|\bevent\??\.(?:body|headers)\b/,
    'apigw-v2',
    'a request with a body, headers or parameters',
  ],
]

/** The sources that a handler seems to be written for, the surest kind of hint only; none when the text says nothing. */
export function inferSources(code: string): readonly { readonly source: SourceId; readonly why: string }[] {
  const text = code.length > 2_000_000 ? code.slice(0, 2_000_000) : code
  const found = HINTS.filter(([pattern]) => pattern.test(text)).map(([, source, why]) => ({ source, why }))
  const surest = found[0]?.why
  const sure = found.filter(({ why }) => why === surest || why === 'its event type')
  return [...new Map(sure.map((one) => [one.source, one])).values()]
}

/** Triggers of a user pool, and names that only a function for them reads or writes. */
const OF_POOL: readonly (readonly [RegExp, string])[] = [
  [/\bPreSignUp|\bauto(?:ConfirmUser|VerifyEmail|VerifyPhone)\b/, 'PreSignUp'],
  [/\bPostConfirmation/, 'PostConfirmation'],
  [/\bPreAuthentication/, 'PreAuthentication'],
  [/\bPostAuthentication|\bnewDeviceUsed\b/, 'PostAuthentication'],
  [/\b(?:PreTokenGeneration|TokenGeneration_)|\b(?:claims(?:AndScope)?OverrideDetails|groupConfiguration)\b/, 'TokenGeneration'],
  [/\bCustomMessage|\b(?:codeParameter|emailMessage|smsMessage|emailSubject)\b/, 'CustomMessage'],
  [/\bDefineAuthChallenge|\b(?:issueTokens|failAuthentication)\b/, 'DefineAuthChallenge'],
  [/\bCreateAuthChallenge|\b(?:publicChallengeParameters|challengeMetadata)\b/, 'CreateAuthChallenge'],
  [/\bVerifyAuthChallenge|\b(?:answerCorrect|challengeAnswer)\b/, 'VerifyAuthChallengeResponse'],
  [/\bUserMigration|\b(?:finalUserStatus|messageAction)\b/, 'UserMigration'],
]

/** Which triggers of a user pool a handler seems to be written for; the usual ones, which all have a user's attributes, when nothing tells. */
export function inferPoolTriggers(code: string): readonly string[] {
  const found = OF_POOL.filter(([pattern]) => pattern.test(code.slice(0, 2_000_000))).map(([, trigger]) => trigger)
  return found.length > 0 ? found : ['PreSignUp', 'PostConfirmation', 'PreAuthentication', 'PostAuthentication']
}
