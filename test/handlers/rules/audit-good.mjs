/** Writes who did what, one line each. */
export const handler = async (event) => {
  const user = event.queryStringParameters?.user ?? 'nobody'
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), audit: true, user, action: 'login' })}\n`)
  console.log(`login of ${user}`)
  return { statusCode: 204 }
}
