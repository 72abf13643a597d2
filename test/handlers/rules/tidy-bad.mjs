import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

/** Keeps a comment without the empty lines of what it quotes. */
export const handler = async (event) => {
  let comment
  try {
    comment = JSON.parse(event.body ?? '{}')?.comment
  } catch {
    return { statusCode: 400, body: 'JSON, please' }
  }
  if (typeof comment !== 'string') return { statusCode: 422, body: 'comment is missing' }
  const tidy = comment.replace(/^(>+ ?)+$/gm, '').replace(/\r\n?/g, '\n')
  await db.send(
    new PutItemCommand({
      TableName: 'comments',
      Item: { id: { S: event.requestContext.requestId }, text: { S: tidy.slice(0, 1000) } },
    }),
  )
  return { statusCode: 201, body: 'kept' }
}
