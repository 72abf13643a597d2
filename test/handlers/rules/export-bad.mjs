import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})

/** Gives an export to the client that made it. */
export const handler = async (event) => {
  const request = JSON.parse(event.body ?? '{}')
  if (!request.Key) return { statusCode: 400, body: 'Key is missing' }
  const found = await s3.send(new GetObjectCommand({ Bucket: 'exports', ...request })).catch(() => undefined)
  return found ? { statusCode: 200, body: await found.Body.transformToString() } : { statusCode: 404, body: 'no such export' }
}
