import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { EPOCH, UUID } from '../envelope.js'
import { objectOf, textOf } from './http.js'

/** What was published, from a notification as a function or a queue gets it. */
export function snsMessageOf(notification: JsonObject, contentOf: (text: string) => Json): Json {
  const attributes = Object.entries(objectOf(notification['MessageAttributes'])).filter((one) => isJsonObject(one[1]))
  return {
    topic: textOf(notification['TopicArn'], 'topic').split(':').at(-1) ?? 'topic',
    messageId: UUID,
    timestamp: EPOCH,
    ...(typeof notification['Subject'] === 'string' ? { subject: notification['Subject'] } : {}),
    message: contentOf(textOf(notification['Message'], '')),
    attributes: Object.fromEntries(
      attributes.map(([name, one]) => {
        const { Type, Value } = one as JsonObject
        const value = textOf(Value, '')
        return [
          name,
          { type: textOf(Type, 'String'), value: Type === 'Binary' ? Buffer.from(value, 'base64').toString('utf8') : value },
        ]
      }),
    ),
  }
}
