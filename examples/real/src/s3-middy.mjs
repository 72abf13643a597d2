import middy from '@middy/core'
import eventNormalizer from '@middy/event-normalizer'

export const handler = middy()
  .use(eventNormalizer())
  .handler(async ({ Records }) => console.log(Records.map(({ s3 }) => s3.object.key).join(' ')))
