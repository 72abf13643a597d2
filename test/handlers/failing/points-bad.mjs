import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

/** A member's points grow by what a purchase is worth. */
async function credit({ member, cents }) {
  if (typeof member !== 'string' || !Number.isSafeInteger(cents) || cents <= 0) return
  await db.send(
    new UpdateItemCommand({
      TableName: 'members',
      Key: { member: { S: member } },
      UpdateExpression: 'SET points = if_not_exists(points, :none) + :earned',
      ExpressionAttributeValues: { ':none': { N: '0' }, ':earned': { N: String(cents) } },
    }),
  )
}

export const handler = async ({ Records }) => {
  const batchItemFailures = []
  for (const { messageId, body } of Records) {
    try {
      await credit(JSON.parse(body))
    } catch (error) {
      console.error('not credited', error.message)
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  }
  return { batchItemFailures }
}
