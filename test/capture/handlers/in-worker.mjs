import { workerData } from 'node:worker_threads'
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})
await client.send(new GetItemCommand({ TableName: 'cell-worker', Key: { id: { S: workerData } } }))
