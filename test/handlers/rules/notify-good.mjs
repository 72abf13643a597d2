import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'

const sns = new SNSClient({})

const publish = (record) =>
  sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:000000000000:orders', Message: record.body }))

/** Tells subscribers of every order. */
export const handler = async ({ Records }) => {
  const told = await Promise.allSettled(Records.map(publish))
  const failed = Records.filter((_, i) => told[i].status === 'rejected')
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }
}
