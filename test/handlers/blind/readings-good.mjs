import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

const save = ({ device, celsius }) =>
  db.send(new PutItemCommand({ TableName: 'readings', Item: { device: { S: device }, celsius: { N: String(celsius) } } }))

/** A line of a device: `t;<device>;<celsius>`, or a comment. */
function read(line) {
  const [kind, device, celsius] = line.split(';')
  if (kind !== 't' || !device || !Number.isFinite(Number(celsius))) throw new Error(`cannot read ${kind}`)
  return { device, celsius: Number(celsius) }
}

export async function handler(event) {
  let failed = null
  for (const { kinesis } of event.Records) {
    const line = Buffer.from(kinesis.data, 'base64').toString()
    if (line.startsWith('#')) continue
    try {
      await save(read(line))
    } catch (error) {
      console.error(error.message)
      failed ??= kinesis.sequenceNumber
    }
  }
  return { batchItemFailures: failed === null ? [] : [{ itemIdentifier: failed }] }
}
