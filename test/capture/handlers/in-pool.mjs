import { parentPort } from 'node:worker_threads'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})
parentPort.on('message', async (mark) => {
  await client.send(new GetItemCommand({ TableName: 'cell-pool', Key: { id: { S: mark } } }))
  parentPort.postMessage('done')
})
