import type { Json, JsonObject } from '../model/index.js'
import { eventbridgeTemplate } from './eventbridge-event.js'
import { s3 } from './s3.js'
import { snsTemplate } from './sns-message.js'

/**
 * Envelopes that a function which reads such names seems to expect inside a message: S3 and SNS in a queue, S3 in SNS in a queue,
 * EventBridge in a queue. None for other functions, so that they are not judged by what nobody sends them.
 */
export function nestedContents(names: readonly string[]): readonly Json[] {
  const reads = (...wanted: readonly string[]) => wanted.every((name) => names.includes(name))
  const stored: JsonObject = { kind: 's3', notification: s3.templates({}, names)[0]! }
  const json: JsonObject = { kind: 'json', value: {} }
  const inner = reads('s3', 'object') ? [stored] : reads('Message') ? [json, { kind: 'text', text: '{{canary}}' }] : []
  if (reads('Message')) return inner.map((message) => ({ kind: 'sns', notification: snsTemplate('topic', message) }))
  return reads('detail') ? [{ kind: 'eventbridge', event: eventbridgeTemplate() }] : inner
}
