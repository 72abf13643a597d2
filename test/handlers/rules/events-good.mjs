import { gunzipSync } from 'node:zlib'

const LARGEST = 1024 * 1024

const fields = (body) => {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}

export async function handler({ body }) {
  const { batch, client } = fields(body)
  if (typeof batch !== 'string') return { statusCode: 400, body: JSON.stringify({ error: 'batch', client: client ?? null }) }
  try {
    const lines = gunzipSync(Buffer.from(batch, 'base64'), { maxOutputLength: LARGEST }).toString('utf8').split('\n')
    return { statusCode: 202, body: JSON.stringify({ lines: lines.length }) }
  } catch (error) {
    return { statusCode: 413, body: JSON.stringify({ error: error.code, batch: batch.slice(0, 40) }) }
  }
}
