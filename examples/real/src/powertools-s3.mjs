import { S3Schema } from '@aws-lambda-powertools/parser/schemas/s3'

export const handler = async (event) => {
  const parsed = S3Schema.safeParse(event)
  if (!parsed.success) {
    console.error('not an S3 event', parsed.error.issues)
    return
  }
  for (const { eventName, s3 } of parsed.data.Records) {
    console.log(eventName, s3.bucket.name, decodeURIComponent(s3.object.key.replace(/\+/g, ' ')), s3.object.size ?? 0)
  }
}
