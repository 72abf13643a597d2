import { DynamoDBStreamSchema } from '@aws-lambda-powertools/parser/schemas/dynamodb'

export const handler = async (event) => {
  const parsed = DynamoDBStreamSchema.safeParse(event)
  if (!parsed.success) {
    console.error('not a DynamoDB stream event', parsed.error.issues)
    return { batchItemFailures: [] }
  }
  for (const { eventName, dynamodb } of parsed.data.Records) {
    console.log(eventName, Object.keys(dynamodb.Keys).join(' '), Object.keys(dynamodb.NewImage ?? {}).length)
  }
  return { batchItemFailures: [] }
}
