import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})

/** Gives an export to the client that made it. */
export const handler = async (event) => {
  const request = json(event.body)
  if (typeof request?.Key !== 'string') return { statusCode: 400, body: 'Key is missing' }
  const wanted = { ...request, Bucket: 'exports', Key: `public/${request.Key}` }
  const { Bucket, Key } = wanted
  const found = await s3.send(new GetObjectCommand({ Bucket, Key })).catch(() => undefined)
  return found ? { statusCode: 200, body: await found.Body.transformToString() } : { statusCode: 404, body: 'no such export' }
}

function json(text) {
  try {
    return JSON.parse(text ?? '{}')
  } catch {}
}
