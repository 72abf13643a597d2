// Marks a message as done before it is.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
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

export const handler = async ({ Records }) => {
  for (const { messageId, body } of Records)
    if (await isFirst(messageId)) await s3.send(new PutObjectCommand({ Bucket: 'letters', Key: messageId, Body: body }))
}
