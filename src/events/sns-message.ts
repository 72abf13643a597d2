import { setAt } from '../generate/index.js'
import { escapeToken, type Json, type JsonObject, SLOT, tokensOf } from '../model/index.js'
import { ACCOUNT, EPOCH, REGION, UUID } from './envelope.js'

/** What a publisher hands to a topic, beside what SNS adds. */
export interface SnsMessage {
  readonly topic: string
  readonly messageId: string
  readonly timestamp: number
  readonly subject?: string
  readonly message: Json
  readonly attributes: Readonly<Record<string, { readonly type: string; readonly value: string }>>
}

export const snsTemplate = (topic: string, message: Json): JsonObject => ({
  topic,
  messageId: UUID,
  timestamp: EPOCH,
  message,
  attributes: {},
})

export const topicArn = (topic: string): string => `arn:aws:sns:${REGION}:${ACCOUNT}:${topic}`

export const subscriptionArn = (topic: string): string => `${topicArn(topic)}:6f1a0c52-0000-4000-8000-0000000000aa`

const SIGNATURE = 'EXAMPLEpH+DcEwjAPg8O9mY8dReBSwksfg2S7WKQcikcNKWLQjwu6A4VbeS0QHVCkhRS7fUQvi2egU3N858fiTDN6bkkOxYDVrY0Ad8L10='

/** Fields that SNS sends with every message; `url` is how the casing of the URLs differs by where it goes. */
export function notification(one: SnsMessage, message: string, url: 'Url' | 'URL'): JsonObject {
  return {
    Type: 'Notification',
    MessageId: one.messageId,
    TopicArn: topicArn(one.topic),
    // A subscribed function sees a missing subject as null, a queue does not see it.
    ...(one.subject === undefined ? (url === 'Url' ? { Subject: null } : {}) : { Subject: one.subject }),
    Message: message,
    Timestamp: new Date(one.timestamp).toISOString(),
    SignatureVersion: '1',
    Signature: SIGNATURE,
    [`SigningCert${url}`]: `https://sns.${REGION}.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem`,
    [`Unsubscribe${url}`]: `https://sns.${REGION}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn(one.topic)}`,
  }
}

export const messageAttributes = ({ attributes }: SnsMessage): JsonObject =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, value }]) => [
      name,
      { Type: type, Value: type === 'Binary' ? Buffer.from(value).toString('base64') : value },
    ]),
  )

/** The body that a queue gets without raw message delivery. */
export function notificationText(one: SnsMessage, message: string): string {
  const attributes = messageAttributes(one)
  return JSON.stringify({
    ...notification(one, message, 'URL'),
    ...(Object.keys(attributes).length === 0 ? {} : { MessageAttributes: attributes }),
  })
}

/** A subject or an attribute that the function looked for. */
export function supplyMessage(wire: Json, at: string, path: string, value: Json): Json | undefined {
  const [field, name] = tokensOf(path)
  if (field === 'Subject') return setAt(wire, `${at}/subject`, typeof value === 'string' ? value : SLOT)
  if (field !== 'MessageAttributes' || name === undefined || !/^[\w.-]{1,256}$/.test(name)) return undefined
  return setAt(wire, `${at}/attributes/${escapeToken(name)}`, { type: 'String', value: SLOT })
}
