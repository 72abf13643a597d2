// Made by scripts/build-event-types.mjs of schemas/events/kinesis.schema.json
import type { Json } from '../../model/index.js'

/** Amazon Kinesis Data Streams */
export type KinesisEvent = {
  Records: {
    kinesis: {
      kinesisSchemaVersion: string
      /** Chosen by the producer. */ partitionKey: string
      sequenceNumber: string
      /** Chosen by the producer. */ data: string
      approximateArrivalTimestamp: number
      /** Not in generated events: not in what Lambda hands over. */ encryptionType?: string
    }
    eventSource: 'aws:kinesis'
    eventVersion: string
    eventID: string
    eventName: 'aws:kinesis:record'
    invokeIdentityArn: string
    awsRegion: string
    eventSourceARN: string
  }[]
  /** Not in generated events: tumbling windows only. */ window?: { start: string; end: string }
  /** Not in generated events: tumbling windows only. */ state?: { [name: string]: Json }
  /** Not in generated events: tumbling windows only. */ shardId?: string
  /** Not in generated events: tumbling windows only. */ eventSourceARN?: string
  /** Not in generated events: tumbling windows only. */ isFinalInvokeForWindow?: boolean
  /** Not in generated events: tumbling windows only. */ isWindowTerminatedEarly?: boolean
}
