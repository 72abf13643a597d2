// One call of SDK v3 each; the name of the table, bucket or queue marks the line that makes it.
const https = require('node:https')
const { DynamoDBClient, GetItemCommand } = require('@aws-sdk/client-dynamodb')
const { KinesisClient, PutRecordCommand } = require('@aws-sdk/client-kinesis')
const { S3Client, GetObjectCommand, PutObjectCommand } = require('@aws-sdk/client-s3')
const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs')
const { getSignedUrl } = require('@aws-sdk/s3-request-presigner')
const { Signer } = require('@aws-sdk/rds-signer')

const dynamodb = new DynamoDBClient({})
const started = new DynamoDBClient({}).send(new GetItemCommand({ TableName: 'cell-init', Key: { id: { S: 'at-load' } } }))
const get = (TableName, mark) => new GetItemCommand({ TableName, Key: { id: { S: mark } } })
const s3 = (config) => new S3Client(config)
const put = (Bucket, Key) => new PutObjectCommand({ Bucket, Key, Body: 'x' })
const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca: [] })
const overHttp2 = new KinesisClient({})
const keptAlive = new DynamoDBClient({ requestHandler: { httpsAgent: agent } })
const fixed = new DynamoDBClient({ endpoint: 'https://dynamodb.eu-central-1.amazonaws.com', region: 'eu-central-1' })
const QueueUrl = 'https://sqs.ap-south-1.amazonaws.com/210987654321/cell-queue'

const cells = {
  get: async (mark) => void (await dynamodb.send(get('cell-get', mark))),
  returned: async (mark) => dynamodb.send(get('cell-returned', mark)),
  fixed: async (mark) => void (await fixed.send(get('cell-fixed', mark))),
  http2: async (PartitionKey) =>
    void (await overHttp2.send(new PutRecordCommand({ StreamName: 'cell-http2', PartitionKey, Data: Buffer.from('x') }))),
  queue: async (MessageBody) => void (await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, MessageBody }))), // cell-queue
  virtual: async (key) => void (await s3({}).send(put('cell-virtual', key))),
  path: async (key) => void (await s3({ forcePathStyle: true }).send(put('cell-path', key))),
  accelerate: async (key) => void (await s3({ useAccelerateEndpoint: true }).send(put('cell-accelerate', key))),
  dualstack: async (key) => void (await s3({ useDualstackEndpoint: true }).send(put('cell-dualstack', key))),
  endpoint: async (key) => void (await s3({ endpoint: 'https://s3.eu-west-3.amazonaws.com' }).send(put('cell-endpoint', key))),
  presigned: async (Key) =>
    await getSignedUrl(s3({}), new GetObjectCommand({ Bucket: 'cell-presigned', Key }), { expiresIn: 60 }),
  fetched: async (Key) => {
    const url = await getSignedUrl(s3({}), new GetObjectCommand({ Bucket: 'cell-fetched', Key }), { expiresIn: 60 })
    return (await fetch(url)).status // fetch-fetched
  },
  token: async (username) => await new Signer({ hostname: 'cell-token', port: 5432, username }).getAuthToken(),
  twice: async (mark) => {
    await keptAlive.send(get('cell-warm', 'first'))
    await keptAlive.send(get('cell-twice', mark))
  },
  init: async () => void (await started),
  late: async (mark) => {
    setImmediate(async () => void (await dynamodb.send(get('cell-late', mark))))
  },
}

exports.handler = async ({ cell, mark }) => await cells[cell](mark)
