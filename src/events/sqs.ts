import { createHash } from 'node:crypto'
import { setAt } from '../generate/index.js'
import {
  type EventSource,
  getAt,
  isJsonObject,
  type Json,
  type JsonObject,
  readPackageJson,
  type Trigger,
  tokensOf,
} from '../model/index.js'
import { admitsRecords, filtersOf, under } from './admit-records.js'
import { messagesOf } from './capture/records.js'
import { ACCOUNT, EPOCH, REGION, UUID } from './envelope.js'
import { fitPattern } from './fit-pattern.js'
import { cliOption, shellJson, shellWord } from './shell-words.js'
import { SLOT } from './slot.js'

interface Attribute {
  readonly type: string
  readonly value: string
}

interface Message {
  readonly body: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'json'; readonly value: Json }
  readonly attributes: Readonly<Record<string, Attribute>>
  readonly groupId: string
  readonly deduplicationId: string
  readonly messageId: string
  readonly receiveCount: number
  readonly sentTimestamp: number
  readonly senderId: string
  readonly redrivenFrom?: string
  readonly traceId?: string
}

interface SqsWire {
  readonly queue: string
  readonly fifo: boolean
  readonly messages: readonly Message[]
}

const message = (body: Json): JsonObject => ({
  body,
  attributes: {},
  groupId: 'group-1',
  deduplicationId: 'dedup-1',
  messageId: UUID,
  receiveCount: 1,
  sentTimestamp: EPOCH,
  senderId: 'AIDAEXAMPLE0000000001',
})

/** Messages that a producer sent to the queue, as the event source mapping hands them over. */
export const sqs: EventSource = {
  id: 'sqs',
  service: 'Amazon SQS',
  contract: 'batch',
  schema: readPackageJson('schemas/events/sqs.schema.json'),
  templates: (trigger) => {
    const queue = trigger.resource ?? 'queue'
    const fifo = trigger.fifo ?? queue.endsWith('.fifo')
    return filtersOf(trigger).flatMap((filter) =>
      bodiesFor(filter).map((body) => ({
        queue: queue.replace(/\.fifo$/, ''),
        fifo,
        messages: [fitMessage(message(body), filter)],
      })),
    )
  },
  honour: (sample, trigger) => {
    const wire = sample as unknown as SqsWire
    const name = trigger.resource ?? wire.queue
    const fifo = trigger.fifo ?? (trigger.resource === undefined ? wire.fifo : name.endsWith('.fifo'))
    const filters = filtersOf(trigger)
    const messages = wire.messages
      .slice(0, trigger.batchSize ?? 10)
      .map((one, i) => fitMessage(one as unknown as JsonObject, filters[i % filters.length]))
    return { ...wire, queue: name.replace(/\.fifo$/, ''), fifo, messages } as unknown as Json
  },
  toEvent,
  fromEvent: messagesOf,
  admits: (event, trigger) => admitsRecords(event, trigger, seenByFilter),
  supply,
  fixed: (wire) => {
    const { fifo, messages } = wire as unknown as SqsWire
    return fifo ? [] : messages.flatMap((_one, i) => [`/messages/${i}/groupId`, `/messages/${i}/deduplicationId`])
  },
  recipe,
  batch: {
    at: '/messages',
    poison: (record) => [`{"${SLOT}":`, SLOT, '"', 'null'].map((text) => setAt(record, '/body', { kind: 'text', text })),
  },
}

/** JSON and plain text; a filter on fields of the body lets JSON through only. */
const bodiesFor = (filter: JsonObject | undefined): readonly Json[] =>
  under(filter, 'body') === undefined
    ? [
        { kind: 'json', value: {} },
        { kind: 'text', text: SLOT },
      ]
    : [{ kind: 'json', value: {} }]

/** The message with what a filter asks of its body and attributes. */
function fitMessage(one: JsonObject, filter: JsonObject | undefined): JsonObject {
  const [ofBody, ofAttributes] = [under(filter, 'body'), under(filter, 'messageAttributes')]
  const body = one['body'] as JsonObject
  const fitted = ofBody === undefined ? body : { kind: 'json', value: fitPattern(body['value'], ofBody) }
  const wanted = ofAttributes === undefined ? {} : (fitPattern({}, ofAttributes) as JsonObject)
  const attributes = Object.entries(wanted).map(([name, value]) => [
    name,
    { type: 'String', value: String((isJsonObject(value) ? value['stringValue'] : undefined) ?? SLOT) },
  ])
  return { ...one, body: fitted, attributes: { ...(one['attributes'] as JsonObject), ...Object.fromEntries(attributes) } }
}

/** A filter on fields of the body reads it as JSON; a body that is none is dropped. */
function seenByFilter(record: JsonObject, pattern: JsonObject): Json {
  if (under(pattern, 'body') === undefined) return record
  try {
    return { ...record, body: JSON.parse(String(record['body'])) as Json }
  } catch {
    return { ...record, body: null }
  }
}

const arnOf = (wire: SqsWire): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${wire.queue}${wire.fifo ? '.fifo' : ''}`

const textOf = (body: Message['body']): string => (body.kind === 'json' ? JSON.stringify(body.value) : body.text)

function toEvent(input: Json): Json {
  const wire = input as unknown as SqsWire
  return { Records: wire.messages.map((one, i) => record(wire, one, i)) }
}

function record(wire: SqsWire, one: Message, i: number): JsonObject {
  const body = textOf(one.body)
  const attributes = Object.entries(one.attributes)
  return {
    messageId: one.messageId,
    receiptHandle: `AQEB${createHash('sha256').update(`${one.messageId}${i}`).digest('base64')}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(one.receiveCount),
      SentTimestamp: String(one.sentTimestamp),
      ...(one.traceId === undefined ? {} : { AWSTraceHeader: `Root=${one.traceId}` }),
      ...(wire.fifo ? { SequenceNumber: String(18_850_000_000_000_000_000n + BigInt(i)), MessageGroupId: one.groupId } : {}),
      SenderId: one.senderId,
      ...(wire.fifo ? { MessageDeduplicationId: one.deduplicationId } : {}),
      ApproximateFirstReceiveTimestamp: String(one.sentTimestamp + 5),
      ...(one.redrivenFrom === undefined
        ? {}
        : { DeadLetterQueueSourceArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:${one.redrivenFrom}` }),
    },
    messageAttributes: Object.fromEntries(attributes.map(([name, attribute]) => [name, received(attribute)])),
    ...(attributes.length === 0 ? {} : { md5OfMessageAttributes: md5OfAttributes(attributes) }),
    md5OfBody: createHash('md5').update(body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: arnOf(wire),
    awsRegion: REGION,
  }
}

function received({ type, value }: Attribute): JsonObject {
  const binary = type.startsWith('Binary')
  const held = binary ? { binaryValue: Buffer.from(value).toString('base64') } : { stringValue: value }
  return { ...(held as unknown as JsonObject), stringListValues: [], binaryListValues: [], dataType: type }
}

/** AWS: names sorted; each of name, type and value with its length as u32; one byte tells text (1) from bytes (2). */
function md5OfAttributes(attributes: readonly (readonly [string, Attribute])[]): string {
  const hash = createHash('md5')
  const part = (text: string) => {
    const bytes = Buffer.from(text)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  for (const [name, { type, value }] of [...attributes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    part(name)
    part(type)
    hash.update(Buffer.from([type.startsWith('Binary') ? 2 : 1]))
    part(value)
  }
  return hash.digest('hex')
}

function supply(wire: Json, pointer: string, value: Json): Json | undefined {
  const body = /^\/Records\/(\d+)\/body(?:#json((?:\/[^#]*)?))?$/.exec(pointer)
  if (body !== null) {
    const at = `/messages/${body[1]}/body`
    if (body[2] === undefined || !isJsonObject(getAt(wire, `${at}/value`))) return undefined
    if (body[2] === '' && !isJsonObject(value)) return undefined
    return setAt(wire, `${at}/value${body[2]}`, value)
  }
  if (pointer.includes('#')) return undefined
  const [records, i, field, name] = tokensOf(pointer)
  if (records !== 'Records' || field !== 'messageAttributes' || name === undefined || !/^[\w.-]{1,256}$/.test(name))
    return undefined
  return setAt(wire, `/messages/${i}/attributes/${name}`, { type: 'String', value: SLOT })
}

function recipe(input: Json, _trigger: Trigger): readonly string[] {
  const wire = input as unknown as SqsWire
  return wire.messages.map((one) => {
    const attributes = Object.entries(one.attributes).map(([name, { type, value }]) => [
      name,
      type.startsWith('Binary')
        ? { DataType: type, BinaryValue: Buffer.from(value).toString('base64') }
        : { DataType: type, StringValue: value },
    ])
    const options = [
      ...(attributes.length > 0 ? ['--message-attributes', shellJson(Object.fromEntries(attributes))] : []),
      ...(wire.fifo
        ? ['--message-group-id', shellWord(one.groupId), '--message-deduplication-id', shellWord(one.deduplicationId)]
        : []),
    ]
    return ['aws sqs send-message --queue-url "$QUEUE_URL"', cliOption('message-body', textOf(one.body)), ...options].join(' ')
  })
}
