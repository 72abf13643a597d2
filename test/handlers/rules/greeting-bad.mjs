/** A landing page that greets by name. */
export const handler = async (event) => {
  const { name = 'friend', from } = event.queryStringParameters ?? {}
  const note = from ? `<p class="note" title="${plain(from)}">You came from ${plain(from)}</p>` : ''
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html><body><h1>Welcome, ${name}!</h1>${note}</body></html>`,
  }
}

const plain = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
