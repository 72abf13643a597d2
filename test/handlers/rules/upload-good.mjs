import { createGunzip } from 'node:zlib'

const MOST_BYTES = 2_000_000

async function lines(bytes) {
  const unpacked = createGunzip()
  unpacked.end(bytes)
  let seen = 0
  let count = 1
  for await (const chunk of unpacked) {
    seen += chunk.length
    if (seen > MOST_BYTES) throw Object.assign(new Error('too large'), { statusCode: 413 })
    for (const byte of chunk) if (byte === 10) count++
  }
  return count
}

export async function handler({ body, isBase64Encoded, headers }) {
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8')
  try {
    return { statusCode: 200, body: JSON.stringify({ lines: await lines(bytes) }) }
  } catch (error) {
    console.info(JSON.stringify({ refused: bytes.toString('utf8').slice(0, 60), type: headers?.['content-type'] }))
    return { statusCode: error.statusCode ?? 415, body: 'not taken' }
  }
}
