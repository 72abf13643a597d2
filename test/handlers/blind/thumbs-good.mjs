import { GetObjectTaggingCommand, S3Client } from '@aws-sdk/client-s3'

const s3 = new S3Client({})

/** S3 tells a topic; the topic tells us. */
export const handler = async (event) => {
  for (const { Sns } of event.Records) {
    const { Records: notices = [] } = JSON.parse(Sns.Message)
    for (const notice of notices) {
      const Key = keyOf(notice.s3.object)
      const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand({ Bucket: notice.s3.bucket.name, Key }))
      console.log('%d tags', TagSet.length)
    }
  }
}

const keyOf = ({ key }) => decodeURIComponent(key.replace(/\+/g, ' '))
