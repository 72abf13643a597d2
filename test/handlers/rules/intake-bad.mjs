import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})

/** Counts the lines of every upload and keeps the count beside it. */
export const handler = async (event) => {
  for (const record of event.Records) {
    if (!record.eventName.startsWith('ObjectCreated:')) continue
    const { bucket, object } = record.s3
    const file = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: object.key }))
    const lines = (await file.Body.transformToString()).split('\n').length
    await s3.send(new PutObjectCommand({ Bucket: 'counts', Key: `${object.key}.count`, Body: String(lines) }))
  }
}
