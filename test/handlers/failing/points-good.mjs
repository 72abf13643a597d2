import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

/** True for a message that was not seen before. */
async function claim(messageId) {
  try {
    await db.send(
      new PutItemCommand({
        TableName: 'seen',
        Item: { messageId: { S: messageId }, until: { N: String(Math.floor(Date.now() / 1000) + 14 * 86_400) } },
        ConditionExpression: 'attribute_not_exists(messageId)',
      }),
    )
    return true
  } catch (error) {
    if (error.name === 'ConditionalCheckFailedException') return false
    throw error
  }
}

async function credit({ messageId, body }) {
  const purchase = JSON.parse(body)
  if (typeof purchase?.member !== 'string' || !Number.isSafeInteger(purchase.cents) || purchase.cents < 1) return
  // The set takes an id once, and the condition keeps the points from growing again.
  await db
    .send(
      new UpdateItemCommand({
        TableName: 'members',
        Key: { member: { S: purchase.member } },
        UpdateExpression: 'ADD points :earned, purchases :id',
        ConditionExpression: 'attribute_not_exists(purchases) OR NOT contains(purchases, :one)',
        ExpressionAttributeValues: {
          ':earned': { N: `${purchase.cents}` },
          ':id': { SS: [messageId] },
          ':one': { S: messageId },
        },
      }),
    )
    .catch((error) => {
      if (error.name !== 'ConditionalCheckFailedException') throw error
    })
}

export async function handler(event) {
  const batchItemFailures = []
  for (const record of event.Records) {
    try {
      await credit(record)
      if (await claim(record.messageId)) console.info('credited', record.messageId)
    } catch (error) {
      console.error(error.message)
      batchItemFailures.push({ itemIdentifier: record.messageId })
    }
  }
  return { batchItemFailures }
}
