import { createGunzip } from 'node:zlib'

/** Counts the lines of a log file that is uploaded packed. */
export const handler = async (event) => {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8')
  const parts = []
  try {
    const stream = createGunzip()
    stream.end(bytes)
    for await (const part of stream) parts.push(part)
  } catch {
    return { statusCode: 415, body: 'no gzip' }
  }
  return { statusCode: 200, body: String(Buffer.concat(parts).toString('latin1').split('\n').length) }
}
