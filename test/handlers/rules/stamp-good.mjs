import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})
export const handler = async ({ Records }) => {
  for (const {
    s3: { bucket, object },
    eventName,
  } of Records) {
    const Key = decodeURIComponent(object.key.replaceAll('+', ' '))
    if (Key.startsWith('processed/') || !eventName.startsWith('ObjectCreated')) continue
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key }))
    const text = await Body.transformToString()
    await s3.send(
      new PutObjectCommand({ Bucket: bucket.name, Key: `processed/${Key}`, Body: `${new Date().toISOString()}\n${text}` }),
    )
  }
}
