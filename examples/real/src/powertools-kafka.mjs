import { KafkaMskEventSchema } from '@aws-lambda-powertools/parser/schemas/kafka'

export const handler = async (event) => {
  const parsed = KafkaMskEventSchema.safeParse(event)
  if (!parsed.success) {
    console.error('not a Kafka event', parsed.error.issues)
    return
  }
  for (const records of Object.values(parsed.data.records)) {
    for (const { topic, offset, value } of records) console.log(topic, offset, value.length)
  }
}
