import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'

const sns = new SNSClient({})

/** Tells subscribers of every order. */
export const handler = async (event) => {
  event.Records.forEach(async (record) => {
    await sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:orders', Message: record.body }))
  })
  return { batchItemFailures: [] }
}
