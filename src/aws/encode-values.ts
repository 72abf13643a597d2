import type { Json } from '../model/index.js'
import type { Traits } from './models/shapes.js'

type TimeFormat = NonNullable<Traits['time']>

/** A point in time, given as epoch seconds or as a date in text, in the format the shape asks for; what is no date stays as it is. */
export function timeIn(format: TimeFormat, value: Json): Json {
  const millis = millisOf(value)
  if (millis === undefined || Math.abs(millis) > 8.64e15) return value
  if (format === 'epoch-seconds') return millis / 1000
  const date = new Date(millis)
  return format === 'date-time' ? date.toISOString().replace('.000Z', 'Z') : date.toUTCString()
}

function millisOf(value: Json): number | undefined {
  if (typeof value === 'number') return value * 1000
  if (typeof value !== 'string') return undefined
  const millis = /^-?\d{1,15}(?:\.\d{1,9})?$/.test(value) ? Number(value) * 1000 : Date.parse(value)
  return Number.isNaN(millis) ? undefined : millis
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** A blob of an answer: what is base64 stands for its bytes, any other text for itself, anything else for its JSON. */
export function bytesOf(value: Json): Buffer {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return BASE64.test(text) ? Buffer.from(text, 'base64') : Buffer.from(text)
}

/** A whole body: text as it is, anything else as JSON. */
export const payloadOf = (value: Json): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))

/** What may stand in a header: what was put is echoed, and must not be able to break our own header section. */
export const headerText = (value: Json): string => String(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, '')

/** A scalar of the wrong JSON type as the shape's own: a fixture may say 1 for "1". */
export function scalarIn(kind: 'string' | 'number' | 'boolean', value: Json): Json {
  if (typeof value === 'object') return value
  if (kind === 'string') return String(value)
  if (kind === 'number')
    return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
  return value === 'true' ? true : value === 'false' ? false : value
}
