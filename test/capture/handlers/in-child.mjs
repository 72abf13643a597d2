import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})
await client.send(new GetItemCommand({ TableName: 'cell-child', Key: { id: { S: process.argv[2] } } }))
