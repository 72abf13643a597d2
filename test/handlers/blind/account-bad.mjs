import { DynamoDBClient, ExecuteStatementCommand } from '@aws-sdk/client-dynamodb'

const db = new DynamoDBClient({})

const answer = (statusCode, body) => ({ statusCode, body: JSON.stringify(body) })

/** Bookings of the guest who is signed in, from a day on. */
export const handler = async (event) => {
  const claims = event.requestContext?.authorizer?.claims
  const guest = claims?.['custom:guest']
  if (typeof guest !== 'string' || guest.length > 64) return answer(401, { error: 'sign in first' })
  const from = event.queryStringParameters?.from ?? '2024-01-01'
  if (from.length > 200) return answer(400, { error: 'no such day' })
  const Statement = `SELECT * FROM "bookings" WHERE "guest" = ? AND "day" >= '${from}'`
  const { Items = [] } = await db.send(new ExecuteStatementCommand({ Statement, Parameters: [{ S: guest }] }))
  return answer(200, { bookings: Items.map(({ day, room }) => ({ day: day?.S, room: room?.S })) })
}
