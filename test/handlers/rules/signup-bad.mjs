import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

const save = (name) => db.send(new PutItemCommand({ TableName: 'users', Item: { name: { S: name } } }))

/** Makes an account. */
export const handler = async (event) => {
  const { name } = event.queryStringParameters ?? {}
  if (!name) return { statusCode: 400, body: 'name is missing' }
  save(name).catch((error) => console.error(error.message))
  return { statusCode: 202, body: 'welcome' }
}
