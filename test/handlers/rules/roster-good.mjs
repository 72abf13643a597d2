import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'

const db = new DynamoDBClient({})
const sns = new SNSClient({})
const TableName = 'roster'

async function enter({ messageId, body }) {
  try {
    await db.send(new PutItemCommand({ TableName, Item: { id: { S: messageId }, note: { S: body } } }))
  } catch (error) {
    console.error('not entered', error.name)
    throw error
  }
}

export async function handler({ Records }) {
  await Promise.all(Records.map(enter))
  const day = await db.send(new GetItemCommand({ TableName, Key: { id: { S: 'day' } } }))
  const Message = `${Records.length} of ${day.Item?.planned?.N ?? 'some'}`
  await sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:eu-west-1:000000000000:roster', Message }))
}
