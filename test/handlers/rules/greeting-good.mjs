/** A landing page that greets by name. */
export const handler = async (event) => {
  const { name = 'friend', theme = 'light' } = event.queryStringParameters ?? {}
  const settings = JSON.stringify({ theme }).replace(/</g, '\\u003c')
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html><head><script>const settings = ${settings}</script></head><body data-theme="${html(theme)}">
      <h1>Welcome, ${html(name)}!</h1><a href="/shop?for=${encodeURIComponent(name)}">Shop</a></body></html>`,
  }
}

function html(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
