import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'

const client = new DynamoDBClient({})

const answer = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) })

/** `{"where":{"colour":"red"}}` */
export const handler = async (event) => {
  let where
  try {
    ;({ where } = JSON.parse(event.body))
  } catch {
    return answer(400, 'no JSON')
  }
  if (typeof where !== 'object' || where === null || Array.isArray(where)) return answer(400, 'where?')
  const conditions = Object.keys(where).map((_column, i) => `#n${i} = :v${i}`)
  if (conditions.length === 0) return answer(400, 'where?')
  const values = Object.values(where).map((value, i) => [`:v${i}`, { S: String(value) }])
  const names = Object.keys(where).map((column, i) => [`#n${i}`, column])
  try {
    const { Items = [] } = await client.send(
      new ScanCommand({
        TableName: 'stock',
        FilterExpression: conditions.join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(names),
        ExpressionAttributeValues: Object.fromEntries(values),
      }),
    )
    return answer(200, Items)
  } catch {
    return answer(502, 'later')
  }
}
