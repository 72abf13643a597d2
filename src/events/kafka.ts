import { setAt } from '../generate/index.js'
import { type EventSource, isJsonObject, type Json, type JsonObject, type Trigger } from '../model/index.js'
import { filtersOf, under } from './admit-records.js'
import { producedOf } from './capture/streams.js'
import { type Content, contentText, fitContent, plainContents, seenAsJson, supplyContent, UNREADABLE } from './content.js'
import { ACCOUNT, EPOCH, REGION } from './envelope.js'
import { matchesPattern } from './event-pattern.js'
import { readEventSchema } from './read-schema.js'
import { shellWord } from './shell-words.js'

interface Produced {
  readonly key?: string
  /** `none`: a tombstone, which deletes what the key named. */
  readonly value: Content | { readonly kind: 'none' }
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly offset: number
  readonly timestamp: number
  readonly timestampType: string
}

interface KafkaWire {
  readonly selfManaged: boolean
  readonly topic: string
  readonly partition: number
  readonly records: readonly Produced[]
}

const wireOf = (wire: Json): KafkaWire => wire as unknown as KafkaWire

/** Records that producers wrote to a topic, of Amazon MSK or a cluster of the owner's. */
export const kafka: EventSource = {
  id: 'kafka',
  service: 'Apache Kafka',
  contract: 'batch',
  get schema() {
    return readEventSchema('kafka')
  },
  templates: (trigger) =>
    filtersOf(trigger).flatMap((filter) =>
      plainContents(under(filter, 'value')).map((value) => ({
        selfManaged: false,
        topic: trigger.resource ?? 'topic',
        partition: 0,
        records: [{ key: '{{canary}}', value: fitContent(value, under(filter, 'value')), headers: [], ...PLACE }],
      })),
    ),
  honour: (sample, trigger) => {
    const wire = wireOf(sample)
    const filters = filtersOf(trigger)
    const records = wire.records.slice(0, trigger.batchSize ?? 10).map((one, i) => {
      const pattern = under(filters[i % filters.length], 'value')
      return pattern === undefined ? one : { ...one, value: fitContent(one.value as unknown as Json, pattern) }
    })
    return { ...wire, topic: trigger.resource ?? wire.topic, records } as unknown as Json
  },
  toEvent,
  fromEvent: producedOf,
  admits,
  supply: (wire, pointer, value) => {
    const [, i, rest] = /^\/records\/[^/]+\/(\d+)\/value#base64(#.*)$/.exec(pointer) ?? []
    return rest === undefined ? undefined : supplyContent(wire, `/records/${i}/value`, rest, value)
  },
  recipe,
  batch: { at: '/records', poison: (one) => UNREADABLE.map((value) => setAt(one, '/value', value)) },
}

const PLACE = { offset: 15, timestamp: EPOCH, timestampType: 'CREATE_TIME' }

const base64 = (text: string): string => Buffer.from(text).toString('base64')

function toEvent(input: Json): Json {
  const { selfManaged, topic, partition, records } = wireOf(input)
  const brokers = selfManaged
    ? 'broker-1.example.com:9092'
    : `b-1.cluster.a1b2c3.c1.kafka.${REGION}.amazonaws.com:9098,b-2.cluster.a1b2c3.c1.kafka.${REGION}.amazonaws.com:9098`
  const listed = records.map((one, i) => ({
    topic,
    partition,
    offset: one.offset + i,
    timestamp: one.timestamp,
    timestampType: one.timestampType,
    key: one.key === undefined ? null : base64(one.key),
    value: one.value.kind === 'none' ? null : base64(contentText(one.value)),
    // Lambda shows the bytes of a header as Java does: from -128 to 127.
    headers: one.headers.map(({ name, value }) => ({ [name]: [...Buffer.from(value)].map((byte) => (byte << 24) >> 24) })),
  }))
  return {
    eventSource: selfManaged ? 'SelfManagedKafka' : 'aws:kafka',
    ...(selfManaged
      ? {}
      : { eventSourceArn: `arn:aws:kafka:${REGION}:${ACCOUNT}:cluster/cluster/6f1a0c52-0000-4000-8000-000000000001-1` }),
    bootstrapServers: brokers,
    records: { [`${topic}-${partition}`]: listed },
  }
}

/** AWS: a filter sees keys and values decoded, as JSON where the pattern is about fields of them. */
function admits(event: Json, { filters = [] }: Trigger): boolean {
  if (filters.length === 0 || !isJsonObject(event) || !isJsonObject(event['records'])) return true
  const records = Object.values(event['records']).flatMap((list) => (Array.isArray(list) ? list.filter(isJsonObject) : []))
  return records.every((record) => filters.some((pattern) => matchesPattern(seen(record, pattern), pattern)))
}

function seen(record: JsonObject, pattern: JsonObject): Json {
  const decoded = ['key', 'value'].map((name) => {
    const held = record[name]
    const text = typeof held === 'string' ? Buffer.from(held, 'base64').toString('utf8') : null
    return [name, under(pattern, name) === undefined ? text : seenAsJson(text)] as const
  })
  return { ...record, ...Object.fromEntries(decoded) }
}

/** `BROKERS` is the cluster's address, which only the owner knows. kcat sends a file as one record; with -Z an empty one is a tombstone. */
function recipe(input: Json): readonly string[] {
  const { topic, records } = wireOf(input)
  return records.map(({ key, value, headers }) =>
    [
      `kcat -P -Z -b "$BROKERS" -t ${shellWord(topic)}`,
      ...(key === undefined ? [] : [`-k ${shellWord(key)}`]),
      ...headers.map((header) => `-H ${shellWord(`${header.name}=${header.value}`)}`),
      `<(printf %s ${shellWord(value.kind === 'none' ? '' : contentText(value))})`,
    ].join(' '),
  )
}
