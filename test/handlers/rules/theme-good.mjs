/** Remembers the chosen theme in a cookie. */
export const handler = async (event) => {
  let body
  try {
    body = JSON.parse(event.body || '{}')
  } catch {
    return { statusCode: 400, body: 'not JSON' }
  }
  if (typeof body?.theme !== 'string') return { statusCode: 400, body: JSON.stringify({ error: 'theme is missing' }) }
  const value = encodeURIComponent(body.theme.slice(0, 100).toWellFormed())
  return { statusCode: 204, headers: { 'Set-Cookie': `theme=${value}; Path=/; SameSite=Lax` } }
}
