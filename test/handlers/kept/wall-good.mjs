const shouts = []
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

export async function handler(event) {
  const { method } = event.requestContext.http
  if (method === 'POST') {
    const { text } = JSON.parse(event.body ?? '{}')
    if (typeof text !== 'string') return { statusCode: 400, body: 'text is required' }
    shouts.push(text.slice(0, 500))
    if (shouts.length > 20) shouts.shift()
    return { statusCode: 204 }
  }
  if (method !== 'GET') return { statusCode: 405 }
  const items = shouts.map((text) => `<li>${escaped(text)}</li>`).join('')
  return { statusCode: 200, headers: { 'content-type': 'text/html' }, body: `<ul>${items}</ul>` }
}
