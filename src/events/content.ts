import { setAt } from '../generate/index.js'
import { getAt, isJsonObject, type Json, type JsonObject, SLOT } from '../model/index.js'
import { eventbridgeEvent, supplyDetail } from './eventbridge-event.js'
import { fitPattern } from './fit-pattern.js'
import { s3 } from './s3.js'
import { notificationText, type SnsMessage, supplyMessage } from './sns-message.js'

/** What a message says: its sender's own text or JSON, or the event of another service in an envelope of its own. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'sns'; readonly notification: SnsMessage }
  | { readonly kind: 's3'; readonly notification: Json }
  | { readonly kind: 'eventbridge'; readonly event: Json }

export function contentText(content: Content): string {
  switch (content.kind) {
    case 'text':
      return content.text
    case 'json':
      return JSON.stringify(content.value)
    case 'sns':
      return notificationText(content.notification, contentText(content.notification.message as unknown as Content))
    case 's3':
      return JSON.stringify(s3.toEvent(content.notification, {}))
    case 'eventbridge':
      return JSON.stringify(eventbridgeEvent(content.event))
  }
}

const PLAIN: readonly Json[] = [
  { kind: 'json', value: {} },
  { kind: 'text', text: SLOT },
]

/** JSON and plain text; a filter on fields of the content lets JSON through only. */
export const plainContents = (pattern: JsonObject | undefined): readonly Json[] =>
  pattern === undefined ? PLAIN : PLAIN.slice(0, 1)

/** The content with what a filter asks of its fields. */
export function fitContent(content: Json, pattern: JsonObject | undefined): Json {
  if (pattern === undefined) return content
  return { kind: 'json', value: fitPattern(getAt(content, '/value'), pattern) }
}

/** What a filter on fields of a text sees of it: nothing, where it is no JSON. */
export function seenAsJson(text: Json | undefined): Json {
  try {
    return JSON.parse(String(text)) as Json
  } catch {
    return null
  }
}

/** Text that no consumer of JSON can read, each around a marker. */
export const UNREADABLE: readonly Json[] = [`{"${SLOT}":`, SLOT, '"', 'null'].map((text) => ({ kind: 'text', text }))

/** Puts what the function looked for into the content; `rest` is the part of its pointer behind the text, such as `#json/id`. */
export function supplyContent(wire: Json, at: string, rest: string, value: Json): Json | undefined {
  const path = /^#json((?:\/.*)?)$/.exec(rest)?.[1]
  if (path === undefined) return undefined
  switch (getAt(wire, `${at}/kind`)) {
    case 'json':
      // Texts inside the sender's own JSON are decoded by the function: the case maker knows how.
      return path.includes('#') || !isJsonObject(getAt(wire, `${at}/value`)) || (path === '' && !isJsonObject(value))
        ? undefined
        : setAt(wire, `${at}/value${path}`, value)
    case 'sns':
      return path.startsWith('/Message#')
        ? supplyContent(wire, `${at}/notification/message`, path.slice('/Message'.length), value)
        : supplyMessage(wire, `${at}/notification`, path, value)
    case 's3': {
      const notification = s3.supply(getAt(wire, `${at}/notification`) ?? null, path, value, {})
      return notification === undefined ? undefined : setAt(wire, `${at}/notification`, notification)
    }
    case 'eventbridge':
      return supplyDetail(wire, `${at}/event`, path, value)
    default:
      return undefined
  }
}
