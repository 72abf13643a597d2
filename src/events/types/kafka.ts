// Made by scripts/build-event-types.mjs of schemas/events/kafka.schema.json
import type { Json } from '../../model/index.js'

/** Apache Kafka: Amazon MSK and self-managed */
export type KafkaEvent = {
  eventSource: 'aws:kafka'
  eventSourceArn: string
  bootstrapServers: string
  records: { [name: string]: ({
    topic: string
    partition: number
    offset: number
    timestamp: number
    timestampType: 'CREATE_TIME' | 'LOG_APPEND_TIME' | 'NO_TIMESTAMP_TYPE'
    /** Chosen by the producer. */ key?: string | null
    /** Chosen by the producer. */ value?: string | null
    /** Chosen by the producer. */ headers: { [name: string]: number[] }[]
    /** Not in generated events: schema registries only. */ keySchemaMetadata?: { [name: string]: Json } | null
    /** Not in generated events: schema registries only. */ valueSchemaMetadata?: { [name: string]: Json } | null
  })[] }
} | {
  eventSource: 'SelfManagedKafka'
  bootstrapServers: string
  records: { [name: string]: ({
    topic: string
    partition: number
    offset: number
    timestamp: number
    timestampType: 'CREATE_TIME' | 'LOG_APPEND_TIME' | 'NO_TIMESTAMP_TYPE'
    /** Chosen by the producer. */ key?: string | null
    /** Chosen by the producer. */ value?: string | null
    /** Chosen by the producer. */ headers: { [name: string]: number[] }[]
    /** Not in generated events: schema registries only. */ keySchemaMetadata?: { [name: string]: Json } | null
    /** Not in generated events: schema registries only. */ valueSchemaMetadata?: { [name: string]: Json } | null
  })[] }
}
