// Made by scripts/build-event-types.mjs of schemas/events/firehose.schema.json
/** Amazon Data Firehose, data transformation */
export type FirehoseEvent = {
  invocationId: string
  deliveryStreamArn: string
  sourceKinesisStreamArn?: string
  region: string
  records: {
    recordId: string
    approximateArrivalTimestamp: number
    /** Chosen by the producer. */ data: string
    kinesisRecordMetadata?: {
      sequenceNumber: string
      subsequenceNumber: number
      /** Chosen by the producer. */ partitionKey: string
      shardId: string
      approximateArrivalTimestamp: number
    }
  }[]
}
