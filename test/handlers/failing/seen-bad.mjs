// Looks whether it has seen the message, with a read that may be old, and mails before it takes note.
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'

const db = new DynamoDBClient({})
const ses = new SESv2Client({})

export const handler = async ({ Records }) => {
  for (const { messageId, body } of Records) {
    const { Item } = await db.send(new GetItemCommand({ TableName: 'seen', Key: { id: { S: messageId } } }))
    if (Item !== undefined) continue
    await db.send(new PutItemCommand({ TableName: 'seen', Item: { id: { S: messageId } } }))
    await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'shop@example.invalid',
        Destination: { ToAddresses: ['orders@example.invalid'] },
        Content: { Simple: { Subject: { Data: 'An order' }, Body: { Text: { Data: String(body.length) } } } },
      }),
    )
  }
}
