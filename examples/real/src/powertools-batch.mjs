import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch'

const processor = new BatchProcessor(EventType.SQS)

const keep = async ({ body }) => {
  JSON.parse(body)
}

export const handler = async (event, context) =>
  processPartialResponse(event, keep, processor, { context, throwOnFullBatchFailure: false })
