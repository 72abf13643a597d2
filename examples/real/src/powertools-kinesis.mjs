import { KinesisDataStreamSchema } from '@aws-lambda-powertools/parser/schemas/kinesis'

export const handler = async (event) => {
  const parsed = KinesisDataStreamSchema.safeParse(event)
  if (!parsed.success) {
    console.error('not a Kinesis event', parsed.error.issues)
    return { batchItemFailures: [] }
  }
  for (const { kinesis } of parsed.data.Records) console.log(kinesis.partitionKey, typeof kinesis.data)
  return { batchItemFailures: [] }
}
