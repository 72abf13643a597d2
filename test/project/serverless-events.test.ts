// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of serverless.yml.
import { expect } from 'chai'
import { serverless } from '#src/project/serverless.js'
import { functionOf, project, readAll, triggersOf } from './reading.js'

const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(by))

const service = (events: string, more = '', extra = ''): string => `service: shop
provider:
  name: aws
  runtime: nodejs20.x
${indented(extra, 2)}
functions:
  work:
    handler: src/work.handler
    events:
${indented(events, 6)}
  guard:
    handler: src/guard.handler
${more}`

const QUEUES = `resources:
  Resources:
    Orders:
      Type: AWS::SQS::Queue
      Properties: { QueueName: orders.fifo, FifoQueue: true }
    Table:
      Type: AWS::DynamoDB::Table
      Properties:
        TableName: orders
        KeySchema: [{ AttributeName: id, KeyType: HASH }]
        AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
        StreamSpecification: { StreamViewType: NEW_IMAGE }
    Stream:
      Type: AWS::Kinesis::Stream
      Properties: { Name: clicks }
    Bucket:
      Type: AWS::S3::Bucket
      Properties: { BucketName: uploads }
    Pool:
      Type: AWS::Cognito::UserPool
      Properties: { UserPoolName: people }
`

const SCHEDULED =
  '{"source":["aws.events"],"detail-type":["Scheduled Event"],"resources":["arn:aws:events:us-east-1:000000000000:rule/WorkLambdaFunctionRule"]}'
const BATCH = '{"resource":"Q","batchSize":100,"reportBatchItemFailures":false}'

/** What the events of one function are read as. */
const TABLE: readonly (readonly [name: string, events: string, expected: readonly string[], more?: string, provider?: string])[] =
  [
    ['http as a text', '- http: GET /orders/{id}', ['apigw-v1 {"routes":["GET /orders/{id}"],"authorizer":"none"}']],
    [
      'http as an object, with several routes in one trigger',
      '- http: { path: orders, method: post }\n- http: { path: /, method: any }',
      ['apigw-v1 {"routes":["POST /orders","ANY /"],"authorizer":"none"}'],
    ],
    [
      'http with an API key',
      '- http: { path: a, method: get, private: true }',
      ['apigw-v1 {"routes":["GET /a"],"authorizer":"api-key"}'],
    ],
    [
      'http with IAM',
      '- http: { path: a, method: get, authorizer: aws_iam }',
      ['apigw-v1 {"routes":["GET /a"],"authorizer":"iam"}'],
    ],
    [
      'http with Cognito',
      '- http:\n    path: a\n    method: get\n    authorizer: { name: pool, arn: !GetAtt Pool.Arn, type: COGNITO_USER_POOLS }',
      ['apigw-v1 {"routes":["GET /a"],"authorizer":"cognito"}'],
      QUEUES,
    ],
    [
      'http with a token authorizer by name',
      '- http: { path: a, method: get, authorizer: guard }',
      ['apigw-v1 {"routes":["GET /a"],"authorizer":"lambda-token"}'],
    ],
    [
      'http with a request authorizer',
      '- http: { path: a, method: get, authorizer: { name: guard, type: request } }',
      ['apigw-v1 {"routes":["GET /a"],"authorizer":"lambda-request"}'],
    ],
    [
      'http with required parameters and a schema',
      `- http:
    path: a/{id}
    method: post
    request:
      parameters:
        querystrings: { page: true, size: false }
        headers: { X-Tenant: { required: true } }
        paths: { id: true }
      schemas:
        application/json: { type: object, required: [name] }`,
      [
        'apigw-v1 {"routes":["POST /a/{id}"],"validators":{"POST /a/{id}":{"body":{"type":"object","required":["name"]},"required":["querystring.page","header.X-Tenant","path.id"]}},"authorizer":"none"}',
      ],
    ],
    [
      'http with a schema of the provider',
      '- http: { path: a, method: post, request: { schemas: { application/json: Order } } }',
      ['apigw-v1 {"routes":["POST /a"],"validators":{"POST /a":{"body":{"type":"object"}}},"authorizer":"none"}'],
      '',
      'apiGateway:\n  request:\n    schemas:\n      Order: { name: Order, schema: { type: object } }',
    ],
    [
      'binary media types',
      '- http: GET /a',
      ['apigw-v1 {"routes":["GET /a"],"authorizer":"none","binaryMediaTypes":["image/*"]}'],
      '',
      "apiGateway: { binaryMediaTypes: ['image/*'] }",
    ],
    ['httpApi', "- httpApi: 'GET /a/{id}'", ['apigw-v2 {"routes":["GET /a/{id}"],"authorizer":"none"}']],
    ['httpApi for everything', "- httpApi: '*'", ['apigw-v2 {"routes":["$default"],"authorizer":"none"}']],
    ['httpApi as an object', "- httpApi: { method: '*', path: /b }", ['apigw-v2 {"routes":["ANY /b"],"authorizer":"none"}']],
    [
      'httpApi with payload 1.0',
      '- httpApi: { method: get, path: /b }',
      ['apigw-v1 {"routes":["GET /b"],"authorizer":"none"}'],
      '',
      "httpApi: { payload: '1.0' }",
    ],
    [
      'httpApi with a JWT authorizer of the provider',
      '- httpApi: { method: get, path: /b, authorizer: { name: users } }',
      ['apigw-v2 {"routes":["GET /b"],"authorizer":"jwt"}'],
      '',
      'httpApi:\n  authorizers:\n    users: { identitySource: $request.header.Authorization, issuerUrl: https://x, audience: [y] }',
    ],
    [
      'httpApi with a function as authorizer',
      '- httpApi: { method: get, path: /b, authorizer: users }',
      ['apigw-v2 {"routes":["GET /b"],"authorizer":"lambda-request"}'],
      '',
      'httpApi:\n  authorizers:\n    users: { type: request, functionName: guard }',
    ],
    ['websocket', '- websocket: $connect', ['apigw-websocket {"routes":["$connect"],"authorizer":"none"}']],
    ['websocket as an object', '- websocket: { route: send }', ['apigw-websocket {"routes":["send"],"authorizer":"none"}']],
    ['s3 by name', '- s3: uploads', ['s3 {"resource":"uploads","s3Events":["s3:ObjectCreated:*"]}']],
    [
      's3 with rules',
      '- s3:\n    bucket: uploads\n    event: s3:ObjectRemoved:*\n    rules:\n      - prefix: in/\n      - suffix: .jpg\n    existing: true',
      ['s3 {"resource":"uploads","s3Events":["s3:ObjectRemoved:*"],"keyPrefix":"in/","keySuffix":".jpg"}'],
    ],
    ['s3 by reference', '- s3: { bucket: !Ref Bucket }', ['s3 {"resource":"uploads","s3Events":["s3:ObjectCreated:*"]}'], QUEUES],
    [
      's3 by its key in the provider',
      '- s3: { bucket: files }',
      ['s3 {"resource":"the-files","s3Events":["s3:ObjectCreated:*"]}'],
      '',
      's3: { files: { name: the-files } }',
    ],
    [
      'sqs by ARN',
      '- sqs: arn:aws:sqs:eu-west-1:123456789012:orders',
      ['sqs {"resource":"orders","batchSize":10,"fifo":false,"reportBatchItemFailures":false}'],
    ],
    [
      'sqs with all its settings',
      '- sqs:\n    arn: !GetAtt Orders.Arn\n    batchSize: 3\n    functionResponseType: ReportBatchItemFailures\n    filterPatterns:\n      - body: { kind: [new] }',
      [
        'sqs {"resource":"orders.fifo","batchSize":3,"fifo":true,"filters":[{"body":{"kind":["new"]}}],"reportBatchItemFailures":true}',
      ],
      QUEUES,
    ],
    [
      'a stream of a table',
      '- stream: { type: dynamodb, arn: !GetAtt Table.StreamArn, batchSize: 5 }',
      [
        'dynamodb-stream {"resource":"orders","batchSize":5,"streamViewType":"NEW_IMAGE","keys":{"id":"S"},"reportBatchItemFailures":false}',
      ],
      QUEUES,
    ],
    [
      'a stream from another stack',
      '- stream: { type: dynamodb, arn: !ImportValue OrdersStream }',
      ['dynamodb-stream {"batchSize":10,"reportBatchItemFailures":false}'],
    ],
    [
      'a Kinesis stream',
      '- stream: arn:aws:kinesis:us-east-1:123456789012:stream/clicks',
      ['kinesis {"resource":"clicks","batchSize":10,"reportBatchItemFailures":false}'],
    ],
    ['sns by name', '- sns: news', ['sns {"resource":"news","fifo":false}']],
    [
      'sns with a filter',
      '- sns: { arn: !Sub "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:news", filterPolicy: { kind: [a] } }',
      ['sns {"resource":"news","fifo":false,"filters":[{"Sns":{"MessageAttributes":{"kind":{"Value":["a"]}}}}]}'],
    ],
    ['schedule', '- schedule: rate(10 minutes)', [`eventbridge {"filters":[${SCHEDULED}]}`]],
    [
      'schedule with input, by EventBridge Scheduler',
      '- schedule: { rate: [rate(1 day)], input: { a: 1 }, method: scheduler }',
      ['eventbridge {"input":{"a":1}}'],
    ],
    [
      'eventBridge with a pattern',
      '- eventBridge: { eventBus: bus, pattern: { source: [shop] } }',
      ['eventbridge {"filters":[{"source":["shop"]}]}'],
    ],
    [
      'eventBridge with a schedule',
      '- eventBridge: { schedule: rate(1 hour), input: { b: 2 } }',
      [`eventbridge {"filters":[${SCHEDULED}],"input":{"b":2}}`],
    ],
    [
      'cloudwatchEvent',
      '- cloudwatchEvent: { event: { source: [aws.ec2] } }',
      ['eventbridge {"filters":[{"source":["aws.ec2"]}]}'],
    ],
    ['cloudwatchLog', '- cloudwatchLog: /aws/lambda/x', ['cloudwatch-logs {"resource":"/aws/lambda/x"}']],
    [
      'cloudwatchLog as an object',
      '- cloudwatchLog: { logGroup: /x, filter: "{$.a = b}" }',
      ['cloudwatch-logs {"resource":"/x"}'],
    ],
    [
      'alb',
      '- alb: { listenerArn: arn:aws:elasticloadbalancing:us-east-1:1:listener/app/a/b/c, priority: 1, conditions: { path: /x, method: POST } }',
      ['alb {"routes":["POST /x"],"multiValueHeaders":false}'],
    ],
    [
      'cognitoUserPool',
      '- cognitoUserPool: { pool: people, trigger: PreSignUp }',
      ['cognito {"resource":"people","cognitoTriggers":["PreSignUp"]}'],
    ],
    ['iot', `- iot: { sql: "SELECT * FROM 'a'" }`, ['iot {}']],
    ['alexaSkill', '- alexaSkill: amzn1.ask.skill.x', ['alexa {}']],
    ['alexaSkill without a value', '- alexaSkill', ['alexa {}']],
    ['msk', '- msk: { arn: arn:aws:kafka:us-east-1:1:cluster/c/u, topic: t }', [`kafka ${BATCH.replace('Q', 't')}`]],
    [
      'kafka',
      '- kafka: { bootstrapServers: [a:9092], topic: t, accessConfigurations: {} }',
      [`kafka ${BATCH.replace('Q', 't')}`],
    ],
    [
      'activemq',
      '- activemq: { arn: arn:aws:mq:us-east-1:1:broker:b:id, queue: q, basicAuthArn: x }',
      [`mq ${BATCH.replace('Q', 'q')}`],
    ],
    [
      'rabbitmq',
      '- rabbitmq: { arn: arn:aws:mq:us-east-1:1:broker:b:id, queue: q, basicAuthArn: x }',
      [`mq ${BATCH.replace('Q', 'q')}`],
    ],
    ['cloudFront', '- cloudFront: { eventType: viewer-request, origin: s3://x }', ['edgelambda {}']],
  ]

describe('serverless.yml: events', () => {
  for (const [name, events, expected, more = '', provider = ''] of TABLE)
    it(name, async () => {
      const part = await readAll(serverless, project({ 'serverless.yml': service(events, more, provider) }))
      expect(part.problems).to.deep.equal([])
      expect(triggersOf(functionOf(part, 'work'))).to.deep.equal(expected)
    })
})
