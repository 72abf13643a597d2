import { type EventSource, type Json, type JsonObject, SLOT, type Trigger } from '../model/index.js'
import { admitsRecords, filtersOf, under } from './admit-records.js'
import { publishedOf } from './capture/messages.js'
import { type Content, contentText, fitContent, plainContents, seenAsJson, supplyContent } from './content.js'
import { fitPattern } from './fit-pattern.js'
import { nestedContents } from './nested.js'
import { readEventSchema } from './read-schema.js'
import { cliOption, shellJson } from './shell-words.js'
import {
  messageAttributes,
  notification,
  type SnsMessage,
  snsTemplate,
  subscriptionArn,
  supplyMessage,
  topicArn,
} from './sns-message.js'

const wireOf = (wire: Json): SnsMessage => wire as unknown as SnsMessage

/** A message of a topic; SNS invokes the function once for each. */
export const sns: EventSource = {
  id: 'sns',
  service: 'Amazon SNS',
  contract: 'async',
  get schema() {
    return readEventSchema('sns')
  },
  templates: (trigger, names) =>
    filtersOf(trigger).flatMap((filter) => {
      const onMessage = under(under(filter, 'Sns'), 'Message')
      const stored =
        onMessage === undefined ? nestedContents(names.filter((name) => name !== 'Message' && name !== 'detail')) : []
      const contents = [...stored, ...plainContents(onMessage)]
      return contents.map((content) => fitPublished(snsTemplate(topicOf(trigger, 'topic'), content), filter))
    }),
  honour: (sample, trigger) => {
    const filters = filtersOf(trigger)
    const wire = wireOf(sample)
    const one = { ...(sample as JsonObject), topic: topicOf(trigger, wire.topic) }
    return fitPublished(one, filters[wire.timestamp % filters.length])
  },
  toEvent,
  fromEvent: publishedOf,
  admits: (event, trigger) => admitsRecords(event, trigger, seenByFilter),
  supply: (wire, pointer, value) => {
    const [, rest] = /^\/Records\/0\/Sns(\/.*)$/.exec(pointer) ?? []
    if (rest === undefined) return undefined
    return rest.startsWith('/Message#')
      ? supplyContent(wire, '/message', rest.slice('/Message'.length), value)
      : supplyMessage(wire, '', rest, value)
  },
  recipe,
}

const topicOf = ({ resource }: Trigger, otherwise: string): string => resource ?? otherwise

/** The message with what a filter policy asks of its attributes or its JSON. */
function fitPublished(one: JsonObject, filter: JsonObject | undefined): Json {
  const pattern = under(filter, 'Sns')
  const wanted = under(pattern, 'MessageAttributes')
  const attributes = wanted === undefined ? {} : (fitPattern({}, wanted) as Readonly<Record<string, JsonObject>>)
  const fitted = Object.entries(attributes).map(([name, held]) => [
    name,
    { type: typeof held['Value'] === 'number' ? 'Number' : 'String', value: String(held['Value'] ?? SLOT) },
  ])
  return {
    ...one,
    message: fitContent(one['message']!, under(pattern, 'Message')),
    attributes: { ...(one['attributes'] as JsonObject), ...Object.fromEntries(fitted) },
  }
}

/** A policy compares attributes of type Number as numbers, and reads the message as JSON where it is about the message. */
function seenByFilter(record: JsonObject, pattern: JsonObject): Json {
  const { Sns } = record as { Sns: { Message: string; MessageAttributes: Record<string, { Type: string; Value: string }> } }
  const attributes = Object.entries(Sns.MessageAttributes).map(([name, { Type, Value }]) => [
    name,
    { Value: Type === 'Number' ? Number(Value) : Type === 'String.Array' ? seenAsJson(Value) : Value },
  ])
  const message = under(under(pattern, 'Sns'), 'Message') === undefined ? Sns.Message : seenAsJson(Sns.Message)
  return { Sns: { Message: message, MessageAttributes: Object.fromEntries(attributes) } }
}

function toEvent(input: Json): Json {
  const wire = wireOf(input)
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn(wire.topic),
        Sns: {
          ...notification(wire, contentText(wire.message as unknown as Content), 'Url'),
          MessageAttributes: messageAttributes(wire),
        },
      },
    ],
  }
}

function recipe(input: Json): readonly string[] {
  const wire = wireOf(input)
  const text = contentText(wire.message as unknown as Content)
  const attributes = Object.entries(wire.attributes).map(([name, { type, value }]) => [
    name,
    type === 'Binary'
      ? { DataType: type, BinaryValue: Buffer.from(value).toString('base64') }
      : { DataType: type, StringValue: value },
  ])
  return [
    [
      `aws sns publish --topic-arn ${topicArn(wire.topic)}`,
      cliOption('message', text),
      ...(wire.subject === undefined ? [] : [cliOption('subject', wire.subject)]),
      ...(attributes.length === 0 ? [] : ['--message-attributes', shellJson(Object.fromEntries(attributes))]),
    ].join(' '),
  ]
}
