import mustache from 'mustache'

/** Shows how a letter of the client's own will look. */
export const handler = async (event) => {
  const { letter, name } = parsed(event.body)
  if (typeof letter !== 'string') return { statusCode: 400, body: 'letter is missing' }
  try {
    const html = mustache.render(`<main>${letter.replace(/</g, '&lt;')}</main>`, {
      name: String(name),
      sender: 'Example Ltd',
      internal: { margin: 0.3 },
    })
    return { statusCode: 200, headers: { 'content-type': 'text/html' }, body: html }
  } catch {
    return { statusCode: 422, body: 'no template' }
  }
}

function parsed(body) {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}
