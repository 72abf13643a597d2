import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

/** Reserves numbered labels for a parcel. */
export const handler = async (event) => {
  const { parcel, count = 1 } = read(event.body)
  if (typeof parcel !== 'string' || !Number.isInteger(count)) return { statusCode: 400, body: 'parcel and count' }
  const labels = Array.from({ length: count }, (_, i) => `${parcel}-${i}`)
  await Promise.all(labels.map((id) => db.send(new PutItemCommand({ TableName: 'labels', Item: { id: { S: id } } }))))
  return { statusCode: 201, body: JSON.stringify({ last: labels.at(-1) }) }
}

function read(body) {
  try {
    return JSON.parse(body ?? '{}') ?? {}
  } catch {
    return {}
  }
}
