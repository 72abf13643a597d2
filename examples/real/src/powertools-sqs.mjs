import { SqsSchema } from '@aws-lambda-powertools/parser/schemas/sqs'

export const handler = async (event) => {
  const parsed = SqsSchema.safeParse(event)
  if (!parsed.success) {
    console.error('not an SQS event', parsed.error.issues)
    return { batchItemFailures: [] }
  }
  for (const { messageId, body, messageAttributes } of parsed.data.Records) {
    console.log(messageId, body.length, Object.keys(messageAttributes).join(' '))
  }
  return { batchItemFailures: [] }
}
