import Mustache from 'mustache'

const LETTER = '<main><p>Dear {{name}},</p>{{#lines}}<p>{{.}}</p>{{/lines}}<footer>{{sender}}</footer></main>'
Mustache.parse(LETTER)

const page = (statusCode, body) => ({ statusCode, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body })

export async function handler({ body, isBase64Encoded }) {
  let request
  try {
    request = JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body)
  } catch {
    return page(400, '<p>no JSON</p>')
  }
  if (typeof request?.letter !== 'string') return page(400, '<p>letter is missing</p>')
  const name = typeof request.name === 'string' ? request.name : 'customer'
  return page(200, Mustache.render(LETTER, { name, lines: request.letter.split('\n'), sender: 'Example Ltd' }))
}
