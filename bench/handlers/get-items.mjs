import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

// The yardstick runs the same code against a bare server.
const client = new DynamoDBClient({ region: 'us-east-1', endpoint: process.env.BENCH_ENDPOINT })

export const handler = async ({ count }) => {
  for (let i = 0; i < count; i++) await client.send(new GetItemCommand({ TableName: 'bench', Key: { id: { S: String(i) } } }))
  return count
}
