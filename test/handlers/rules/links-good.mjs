import { posix } from 'node:path'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})
const BUCKET = process.env.BUCKET ?? 'reports'

/** The old client sends doubled slashes, which join() takes out. */
function keyOf(owner, folder, name) {
  const root = `owners/${owner}/`
  const key = posix.join(root, folder, name)
  return key.startsWith(root) ? key : undefined
}

export const handler = async (event) => {
  const owner = event.requestContext?.authorizer?.jwt?.claims?.sub
  if (!owner) return { statusCode: 401, body: '' }
  const { folder, name } = event.queryStringParameters ?? {}
  if (!folder || !name || !/^[\w-]+(\.\w+)?$/.test(name)) return { statusCode: 400, body: '' }
  const key = keyOf(owner, folder, name)
  if (key === undefined) return { statusCode: 403, body: '' }
  const { ContentLength } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }))
  return { statusCode: 200, body: JSON.stringify({ bytes: ContentLength ?? null }) }
}
