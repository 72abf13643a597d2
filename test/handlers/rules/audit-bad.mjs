/** Writes who did what, one line each. */
export const handler = async (event) => {
  const user = event.queryStringParameters?.user ?? 'nobody'
  process.stdout.write(`${new Date().toISOString()} audit user=${user} action=login\n`)
  return { statusCode: 204 }
}
