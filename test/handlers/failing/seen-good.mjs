// Takes note first, on condition that nobody did: a second delivery ends there, however old its reads are.
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'

const db = new DynamoDBClient({})
const ses = new SESv2Client({})
const isFirst = (id) =>
  db
    .send(
      new PutItemCommand({
        TableName: 'seen',
        Item: { id: { S: id } },
        ConditionExpression: 'attribute_not_exists(id)',
      }),
    )
    .then(
      () => true,
      (error) => {
        if (error.name === 'ConditionalCheckFailedException') return false
        throw error
      },
    )

export const handler = async ({ Records }) => {
  for (const { messageId, body } of Records) {
    const { Item } = await db.send(new GetItemCommand({ TableName: 'seen', Key: { id: { S: messageId } } }))
    if (Item !== undefined || !(await isFirst(messageId))) continue
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'shop@example.invalid',
        Destination: { ToAddresses: ['orders@example.invalid'] },
        Content: { Simple: { Subject: { Data: 'An order' }, Body: { Text: { Data: String(body.length) } } } },
      }),
    )
  }
}
