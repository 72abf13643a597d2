import middy from '@middy/core'
import eventNormalizer from '@middy/event-normalizer'
import sqsPartialBatchFailure from '@middy/sqs-partial-batch-failure'

export const handler = middy()
  .use(eventNormalizer())
  .use(sqsPartialBatchFailure({ logger: () => undefined }))
  .handler(({ Records }) => Promise.allSettled(Records.map(async ({ body }) => String(body))))
