/** After the login the user goes back to where they came from. */
export async function handler(event) {
  const next = event.queryStringParameters?.returnTo || '/'
  const session = crypto.randomUUID()
  return { statusCode: 302, headers: { Location: next }, cookies: [`session=${session}; HttpOnly; Secure`], body: '' }
}
