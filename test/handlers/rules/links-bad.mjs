import { posix } from 'node:path'
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})
const BUCKET = process.env.BUCKET ?? 'reports'

/** The old client sends doubled slashes, which join() takes out. */
const keyOf = (owner, folder, name) => posix.join('owners', owner, folder, name)

export const handler = async (event) => {
  const owner = event.requestContext?.authorizer?.jwt?.claims?.sub
  if (!owner) return { statusCode: 401, body: '' }
  const { folder, name } = event.queryStringParameters ?? {}
  if (!folder || !name || folder.startsWith('/') || !/^[\w-]+(\.\w+)?$/.test(name)) return { statusCode: 400, body: '' }
  const { ContentLength } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: keyOf(owner, folder, name) }))
  return { statusCode: 200, body: JSON.stringify({ bytes: ContentLength ?? null }) }
}
