// Made by scripts/build-event-types.mjs of schemas/events/dynamodb-stream.schema.json
import type { Json } from '../../model/index.js'

/** Amazon DynamoDB stream event source mapping */
export type DynamodbStreamEvent = {
  Records: ({
    eventID: string
    eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
    eventVersion: string
    eventSource: 'aws:dynamodb'
    awsRegion: string
    eventSourceARN: string
    userIdentity?: null | { type: string; principalId: string }
    dynamodb: {
      ApproximateCreationDateTime: number
      /** Chosen by the producer. */ Keys: { [name: string]: KeyValue }
      /** Chosen by the producer. */ NewImage?: { [name: string]: AttributeValue }
      /** Chosen by the producer. */ OldImage?: { [name: string]: AttributeValue }
      SequenceNumber: string
      SizeBytes: number
      StreamViewType: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES'
    }
  })[]
  /** Not in generated events: tumbling windows only. */ window?: { start: string; end: string }
  /** Not in generated events: tumbling windows only. */ state?: { [name: string]: Json }
  /** Not in generated events: tumbling windows only. */ shardId?: string
  /** Not in generated events: tumbling windows only. */ eventSourceARN?: string
  /** Not in generated events: tumbling windows only. */ isFinalInvokeForWindow?: boolean
  /** Not in generated events: tumbling windows only. */ isWindowTerminatedEarly?: boolean
}

export type AttributeValue = { S: string } | { N: string } | { B: string } | { SS: string[] } | { NS: string[] } | { BS: string[] } | { M: { [name: string]: AttributeValue } } | { L: AttributeValue[] } | { NULL: true } | { BOOL: boolean }

export type KeyValue = { S: string } | { N: string } | { B: string }
