import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})

const keyOf = ({ s3: { object } }) => decodeURIComponent(object.key.replaceAll('+', ' '))

/** Counts the lines of every upload and keeps the count beside it. */
export const handler = async (event) => {
  for (const record of event.Records) {
    if (!record.eventName.startsWith('ObjectCreated:')) continue
    const Key = keyOf(record)
    const file = await s3.send(new GetObjectCommand({ Bucket: record.s3.bucket.name, Key }))
    const lines = (await file.Body.transformToString()).split('\n').length
    await s3.send(new PutObjectCommand({ Bucket: 'counts', Key: `${Key}.count`, Body: String(lines) }))
  }
}
