import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})
const LONGEST = 1000

const read = (text) => {
  try {
    const { comment } = Object(JSON.parse(text ?? 'null'))
    return typeof comment === 'string' ? comment : undefined
  } catch {
    return undefined
  }
}

export async function handler({ body, requestContext }) {
  const comment = read(body)
  if (comment === undefined) return { statusCode: 422, body: 'comment is missing' }
  if (comment.length > LONGEST) return { statusCode: 413, body: 'too long' }
  const text = comment
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
  const Item = { id: { S: requestContext.requestId }, text: { S: text } }
  await db.send(new PutItemCommand({ TableName: 'comments', Item }))
  return { statusCode: 201, body: 'kept' }
}
