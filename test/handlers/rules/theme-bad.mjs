/** Remembers the chosen theme in a cookie. */
export const handler = async (event) => {
  const body = JSON.parse(event.body || '{}')
  if (!body.theme) return { statusCode: 400, body: JSON.stringify({ error: 'theme is missing' }) }
  return { statusCode: 204, headers: { 'Set-Cookie': `theme=${body.theme}; Path=/; SameSite=Lax` } }
}
