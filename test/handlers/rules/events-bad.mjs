import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const unpack = promisify(gunzip)

/** Takes usage events that a client sends packed. */
export const handler = async (event) => {
  const { batch } = json(event.body)
  if (typeof batch !== 'string') return { statusCode: 400, body: 'batch is missing' }
  let text
  try {
    text = (await unpack(Buffer.from(batch, 'base64'))).toString('latin1')
  } catch {
    return { statusCode: 422, body: 'batch is no gzip' }
  }
  return { statusCode: 202, body: String(text.split('\n').length) }
}

function json(text) {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}
