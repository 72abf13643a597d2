// Made by scripts/build-event-types.mjs of schemas/events/sqs.schema.json
/** Amazon SQS event source mapping */
export type SqsEvent = {
  Records: {
    messageId: string
    receiptHandle: string
    /** Chosen by the producer. */ body: string
    attributes: {
      ApproximateReceiveCount: string
      SentTimestamp: string
      SenderId: string
      ApproximateFirstReceiveTimestamp: string
      SequenceNumber?: string
      /** Chosen by the producer. */ MessageGroupId?: string
      /** Chosen by the producer. */ MessageDeduplicationId?: string
      AWSTraceHeader?: string
      DeadLetterQueueSourceArn?: string
    }
    /** Chosen by the producer. */ messageAttributes: { [name: string]: {
      stringValue?: string
      binaryValue?: string
      stringListValues: string[]
      binaryListValues: string[]
      dataType: string
    } }
    md5OfBody: string
    md5OfMessageAttributes?: string
    eventSource: 'aws:sqs'
    eventSourceARN: string
    awsRegion: string
  }[]
}
