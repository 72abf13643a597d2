import type { Json, JsonObject } from '../../model/json.js'

/** An object of a schema library, by its own property names. */
export type Known = Readonly<Record<string, unknown>>

/** Reads a schema inside another one. */
export type Reader = (thing: unknown) => JsonObject | undefined

export const isRecord = (value: unknown): value is Known => typeof value === 'object' && value !== null && !Array.isArray(value)

export const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value instanceof Map || value instanceof Set ? [...value.values()] : []

/** Of an object: every property by its own schema, and which of them must be there. */
export function objectOf(shape: unknown, read: Reader, isOptional: (one: Known) => boolean): JsonObject {
  const entries = isRecord(shape) ? Object.entries(shape) : []
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, one]) => [name, read(one) ?? {}])),
    required: entries.filter(([, one]) => isRecord(one) && !isOptional(one)).map(([name]) => name),
  }
}

export const anyOf = (options: unknown, read: Reader): JsonObject => ({ anyOf: listOf(options).map((one) => read(one) ?? {}) })

export const membersOf = (values: unknown): JsonObject => ({
  enum: (isRecord(values) ? Object.values(values) : listOf(values)).filter(isPlain),
})

const isPlain = (value: unknown): value is Json => ['string', 'number', 'boolean'].includes(typeof value)

/** What one check of a text, a number or a list adds, by the name that libraries give it. */
export function checkOf(name: string, argument: unknown, type: unknown): JsonObject {
  const [least, most] =
    type === 'array' ? ['minItems', 'maxItems'] : type === 'string' ? ['minLength', 'maxLength'] : ['minimum', 'maximum']
  if (typeof argument === 'number') {
    if (/^(?:min|min_length|min_value|greater|greater_than)$/.test(name)) return { [least]: argument }
    if (/^(?:max|max_length|max_value|less|less_than)$/.test(name)) return { [most]: argument }
    if (/^length/.test(name)) return { [least]: argument, [most]: argument }
  }
  if (argument instanceof RegExp && /^(?:regex|pattern|matches)$/.test(name)) return patternOf(argument)
  if (name === 'integer' || name === 'int') return { type: 'integer' }
  const format = FORMATS[name.toLowerCase()]
  return format === undefined ? {} : { format }
}

/** JSON Schema's patterns know no flags. */
export const patternOf = ({ source, flags }: RegExp): JsonObject => (flags.includes('i') ? {} : { pattern: source })

const FORMATS: Readonly<Record<string, string>> = {
  email: 'email',
  url: 'uri',
  uri: 'uri',
  uuid: 'uuid',
  guid: 'uuid',
  datetime: 'date-time',
  iso_timestamp: 'date-time',
  isodate: 'date-time',
  date: 'date',
  iso_date: 'date',
  ipv4: 'ipv4',
  ip: 'ipv4',
}
