// Reports what could not be stored.
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})

export const handler = async ({ Records }) => {
  const batchItemFailures = []
  for (const { messageId, body } of Records) {
    try {
      await s3.send(new PutObjectCommand({ Bucket: 'archive', Key: messageId, Body: body }))
    } catch {
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  }
  return { batchItemFailures }
}
