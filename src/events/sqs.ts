import { createHash } from 'node:crypto'
import { setAt } from '../generate/index.js'
import { type EventSource, isJsonObject, type Json, type JsonObject, SLOT, type Trigger, tokensOf } from '../model/index.js'
import { admitsRecords, filtersOf, under } from './admit-records.js'
import { contentFrom } from './capture/content.js'
import { messagesOf } from './capture/records.js'
import { type Content, contentText, fitContent, plainContents, seenAsJson, supplyContent, UNREADABLE } from './content.js'
import { ACCOUNT, EPOCH, REGION, UUID } from './envelope.js'
import { fitPattern } from './fit-pattern.js'
import { nestedContents } from './nested.js'
import { readEventSchema } from './read-schema.js'
import { cliOption, shellJson, shellWord } from './shell-words.js'

interface Attribute {
  readonly type: string
  readonly value: string
}

interface Message {
  readonly body: Content
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
  get schema() {
    return readEventSchema('sqs')
  },
  templates: (trigger, names) => {
    const queue = trigger.resource ?? 'queue'
    const fifo = trigger.fifo ?? queue.endsWith('.fifo')
    return filtersOf(trigger).flatMap((filter) =>
      bodiesFor(filter, names).map((body) => ({
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
  fromEvent: (event) => messagesOf(event, contentFrom),
  admits: (event, trigger) => admitsRecords(event, trigger, seenByFilter),
  supply,
  fixed: (wire) => {
    const { fifo, messages } = wire as unknown as SqsWire
    return fifo ? [] : messages.flatMap((_one, i) => [`/messages/${i}/groupId`, `/messages/${i}/deduplicationId`])
  },
  recipe,
  batch: {
    at: '/messages',
    poison: (record) => UNREADABLE.map((body) => setAt(record, '/body', body)),
  },
}

const bodiesFor = (filter: JsonObject | undefined, names: readonly string[]): readonly Json[] => {
  const pattern = under(filter, 'body')
  return [...(pattern === undefined ? nestedContents(names) : []), ...plainContents(pattern)]
}

/** The message with what a filter asks of its body and attributes. */
function fitMessage(one: JsonObject, filter: JsonObject | undefined): JsonObject {
  const [ofBody, ofAttributes] = [under(filter, 'body'), under(filter, 'messageAttributes')]
  const fitted = fitContent(one['body']!, ofBody)
  const wanted = ofAttributes === undefined ? {} : (fitPattern({}, ofAttributes) as JsonObject)
  const attributes = Object.entries(wanted).map(([name, value]) => [
    name,
    { type: 'String', value: String((isJsonObject(value) ? value['stringValue'] : undefined) ?? SLOT) },
  ])
  return { ...one, body: fitted, attributes: { ...(one['attributes'] as JsonObject), ...Object.fromEntries(attributes) } }
}

/** A filter on fields of the body reads it as JSON; a body that is none is dropped. */
function seenByFilter(record: JsonObject, pattern: JsonObject): Json {
  return under(pattern, 'body') === undefined ? record : { ...record, body: seenAsJson(record['body']) }
}

const arnOf = (wire: SqsWire): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${wire.queue}${wire.fifo ? '.fifo' : ''}`

function toEvent(input: Json): Json {
  const wire = input as unknown as SqsWire
  return { Records: wire.messages.map((one, i) => record(wire, one, i)) }
}

function record(wire: SqsWire, one: Message, i: number): JsonObject {
  const body = contentText(one.body)
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
  const [, n, rest] = /^\/Records\/(\d+)\/body(#.*)?$/.exec(pointer) ?? []
  if (n !== undefined) return rest === undefined ? undefined : supplyContent(wire, `/messages/${n}/body`, rest, value)
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
    return ['aws sqs send-message --queue-url "$QUEUE_URL"', cliOption('message-body', contentText(one.body)), ...options].join(
      ' ',
    )
  })
}
