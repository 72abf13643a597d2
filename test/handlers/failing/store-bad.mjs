// Logs what goes wrong, and lets the message be deleted all the same.
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})

export const handler = async ({ Records }) => {
  for (const { messageId, body } of Records) {
    try {
      await s3.send(new PutObjectCommand({ Bucket: 'archive', Key: messageId, Body: body }))
    } catch (error) {
      console.error('could not store', messageId, error.name)
    }
  }
}
