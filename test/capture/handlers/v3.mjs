import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})

export const handler = async ({ mark }) => {
  await client.send(new GetItemCommand({ TableName: 'cell-get', Key: { id: { S: mark } } }))
}
