// A preview of a stored document is rendered by a program, named by what its uploader wrote.
import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}))
const run = promisify(exec)

export const handler = async (event) => {
  const id = event.queryStringParameters?.id
  if (!id) return { statusCode: 400, body: 'id is missing' }
  const { Item: doc } = await documents.send(new GetCommand({ TableName: process.env.DOCS ?? 'docs', Key: { id } }))
  if (!doc) return { statusCode: 404, body: 'no such document' }
  await run(`pdftoppm -png "/data/${doc.storedAs}" page`)
  return { statusCode: 200, body: doc.title ?? '' }
}
