import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({ maxAttempts: 1 })

export const handler = async ({ id }) => {
  await client.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: id }, total: { N: '7' } } }))
  const { Item } = await client.send(new GetItemCommand({ TableName: 'orders', Key: { id: { S: id } } }))
  return Item?.total.N ?? null
}
