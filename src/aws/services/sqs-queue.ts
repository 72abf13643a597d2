import { randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../model/index.js'
import type { Store } from '../store.js'
import { type Answer, type Ask, listOf, ok, refuse } from './service.js'
import { attributesMd5, md5 } from './sqs-md5.js'

interface Message {
  readonly id: string
  readonly body: string
  readonly attributes: JsonObject | undefined
  readonly group: string | undefined
  readonly deduplication: string | undefined
  readonly serial: number
  /** How often it was received; a receipt handle names one receiving. */
  readonly received: number
  readonly visible: boolean
}

/** A queue of the store. There is no clock: a received message stays hidden until it is deleted or its visibility is set to 0. */
const shelfOf = ({ QueueUrl }: JsonObject): string => `sqs:${nameOf(QueueUrl)}`
const sentOf = ({ QueueUrl }: JsonObject): string => `sqs-sent:${nameOf(QueueUrl)}`
const nameOf = (url: unknown): string => String(url).replace(/\/$/, '').split('/').at(-1) ?? ''
// A serial's text sorts as its number.
const keyOf = (serial: number): string => String(serial).padStart(12, '0')
// AWS: 256 KB a message (1 MB since 2025); 10 messages a receive
const MOST_BYTES = 1024 * 1024
const MOST_RECEIVED = 10
// A function that receives until nothing comes must come to an end, even if it gives every message back.
const MOST_TIMES = 10

interface Sent {
  readonly id: string
  readonly serial: number
}

/** Keeps a message; in a FIFO queue the same deduplication id is answered with the first message's id and kept once. */
export function sendMessage({ params, store }: Ask): Answer {
  const { MessageBody: body, MessageAttributes: attributes, MessageGroupId: group } = params
  if (typeof body !== 'string' || body === '')
    return refuse('MissingParameter', 'The request must contain the parameter MessageBody.')
  if (Buffer.byteLength(body) > MOST_BYTES)
    return refuse(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${MOST_BYTES} bytes.`,
    )
  const fifo = nameOf(params.QueueUrl).endsWith('.fifo')
  if (fifo && typeof group !== 'string')
    return refuse('MissingParameter', 'The request must contain the parameter MessageGroupId.')
  const deduplication = fifo ? String(params.MessageDeduplicationId ?? md5(Buffer.from(body))) : undefined
  const before = deduplication === undefined ? undefined : store.get<Sent>(sentOf(params), deduplication)
  const { id, serial } = before ?? { id: randomUUID(), serial: store.serial() }
  if (before === undefined) {
    const kept: Message = {
      id,
      body,
      attributes: isJsonObject(attributes) ? attributes : undefined,
      group: typeof group === 'string' ? group : undefined,
      deduplication,
      serial,
      received: 0,
      visible: true,
    }
    store.put(shelfOf(params), keyOf(serial), kept, body.length * 2)
    if (deduplication !== undefined) store.put(sentOf(params), deduplication, { id, serial } satisfies Sent, 64)
  }
  return ok({ ...receipt(params), MessageId: id, ...(fifo ? { SequenceNumber: sequence(serial) } : {}) })
}

const sequence = (serial: number): string => String(serial).padStart(20, '1')

function receipt({ MessageBody, MessageAttributes, MessageSystemAttributes }: JsonObject): JsonObject {
  return {
    MD5OfMessageBody: md5(Buffer.from(String(MessageBody))),
    ...(isJsonObject(MessageAttributes) ? { MD5OfMessageAttributes: attributesMd5(MessageAttributes) } : {}),
    ...(isJsonObject(MessageSystemAttributes) ? { MD5OfMessageSystemAttributes: attributesMd5(MessageSystemAttributes) } : {}),
  }
}

/** Visible messages, the oldest first; each is hidden then, so that a loop that receives comes to an end. */
export function receiveMessage({ params, store }: Ask): Answer {
  const most = Math.min(MOST_RECEIVED, Math.max(1, Number(params.MaxNumberOfMessages ?? 1) || 1))
  const all = messagesOf(params, store)
  // AWS: a group of a FIFO queue waits until what was received of it is deleted
  const waiting = new Set(all.filter(({ visible }) => !visible).map(({ group }) => group))
  const fifo = nameOf(params.QueueUrl).endsWith('.fifo')
  const chosen = all.filter(({ visible, group }) => visible && !(fifo && waiting.has(group))).slice(0, most)
  const Messages = chosen.map((message) => shown(hide(message, params, store), params))
  return ok(Messages.length === 0 ? {} : { Messages })
}

const messagesOf = (params: JsonObject, store: Store): Message[] =>
  store
    .entries<Message>(shelfOf(params))
    .map(([, message]) => message)
    .sort((a, b) => a.serial - b.serial)

function hide(message: Message, params: JsonObject, store: Store): Message {
  const hidden = {
    ...message,
    received: message.received + 1,
    visible: params.VisibilityTimeout === 0 && message.received < MOST_TIMES,
  }
  store.put(shelfOf(params), keyOf(message.serial), hidden, message.body.length * 2)
  return hidden
}

function shown(message: Message, params: JsonObject): JsonObject {
  const named = listOf(params.MessageAttributeNames).map(String)
  const wanted = (name: string): boolean =>
    named.some(
      (one) => one === 'All' || one === '.*' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2))),
    )
  const chosen = Object.entries(message.attributes ?? {}).filter(([name]) => wanted(name))
  const MessageAttributes = Object.fromEntries(chosen)
  const asked = [...listOf(params.AttributeNames), ...listOf(params.MessageSystemAttributeNames)].map(String)
  const Attributes = Object.fromEntries(
    Object.entries(systemAttributes(message)).filter(([name]) => asked.includes('All') || asked.includes(name)),
  )
  return {
    MessageId: message.id,
    ReceiptHandle: handleOf(message),
    Body: message.body,
    MD5OfBody: md5(Buffer.from(message.body)),
    ...(chosen.length > 0 ? { MessageAttributes, MD5OfMessageAttributes: attributesMd5(MessageAttributes) } : {}),
    ...(Object.keys(Attributes).length > 0 ? { Attributes } : {}),
  }
}

const systemAttributes = ({ received, serial, group, deduplication }: Message): JsonObject => ({
  SenderId: 'AROAEVENTFUZZEXAMPLE:function',
  SentTimestamp: '1767225600000',
  ApproximateReceiveCount: String(received),
  ApproximateFirstReceiveTimestamp: '1767225600000',
  ...(group === undefined ? {} : { MessageGroupId: group }),
  ...(deduplication === undefined ? {} : { MessageDeduplicationId: deduplication, SequenceNumber: sequence(serial) }),
})

const handleOf = ({ serial, received, id }: Message): string => Buffer.from(`${serial} ${received} ${id}`).toString('base64')

/** The message that a receipt handle names; undefined when it is gone, or the handle is none of ours (that of the event itself). */
function received({ params, store }: Ask): Message | undefined {
  const [serial] = Buffer.from(String(params.ReceiptHandle), 'base64').toString('utf8').split(' ')
  const message = store.get<Message>(shelfOf(params), keyOf(Number(serial)))
  return message !== undefined && String(params.ReceiptHandle) === handleOf(message) ? message : undefined
}

/** Deletes what was received; a handle that is not known is one of the event's, which is deleted elsewhere. */
export function deleteMessage(ask: Ask): Answer {
  const message = received(ask)
  if (message !== undefined) ask.store.remove(shelfOf(ask.params), keyOf(message.serial))
  return ok()
}

/** Time 0 shows the message again; any other leaves it hidden, since no time passes here. */
export function changeVisibility(ask: Ask): Answer {
  const message = received(ask)
  if (message !== undefined && Number(ask.params.VisibilityTimeout) === 0 && message.received <= MOST_TIMES)
    ask.store.put(shelfOf(ask.params), keyOf(message.serial), { ...message, visible: true }, message.body.length * 2)
  return ok()
}

export function purgeQueue({ params, store }: Ask): Answer {
  store.empty(shelfOf(params))
  return ok()
}

/** How many messages a queue holds: those to be received and those under way. */
export function counts(params: JsonObject, store: Store): { visible: number; hidden: number } {
  const all = messagesOf(params, store)
  const visible = all.filter((message) => message.visible).length
  return { visible, hidden: all.length - visible }
}
