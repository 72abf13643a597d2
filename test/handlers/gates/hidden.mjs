import { execSync } from 'node:child_process'

const SINK = (x) => execSync('echo ' + x)

/** A hidden field of the form: base64url of JSON. */
function contextOf(field) {
  try {
    return JSON.parse(Buffer.from(field ?? '', 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

export const handler = async ({ body, isBase64Encoded }) => {
  const form = new URLSearchParams(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString())
  const { version, next } = contextOf(form.get('state')) ?? {}
  if (version !== 3) return { statusCode: 400, body: 'state' }
  return { statusCode: 200, body: String(SINK(next ?? '')) }
}
