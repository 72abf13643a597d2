// Takes the mark back where the work fails.
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const db = new DynamoDBClient({})
const s3 = new S3Client({})

async function isFirst(id) {
  try {
    await db.send(
      new PutItemCommand({ TableName: 'done', Item: { id: { S: id } }, ConditionExpression: 'attribute_not_exists(id)' }),
    )
    return true
  } catch (error) {
    if (error.name === 'ConditionalCheckFailedException') return false
    throw error
  }
}

async function store(id, body) {
  try {
    await s3.send(new PutObjectCommand({ Bucket: 'letters', Key: id, Body: body }))
  } catch (error) {
    await db.send(new DeleteItemCommand({ TableName: 'done', Key: { id: { S: id } } }))
    throw error
  }
}

export const handler = async ({ Records }) => {
  for (const { messageId, body } of Records) if (await isFirst(messageId)) await store(messageId, body)
}
