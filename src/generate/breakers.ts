import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { removeAt, withProperty } from './edit.js'
import { listOf, typesOf } from './schema.js'

/** A value that a keyword refuses, and what changed, for people. */
export interface Broken {
  readonly value: Json
  readonly how: string
}

type Breaker = (value: Json, schema: JsonObject, limit: Json) => readonly Broken[]

const MOST = 20_000
const OTHERS: readonly Json[] = ['text', 7, true, null, [], {}]
const ODD = ['', ' ', '\u0000', '#', 'é', '-', '0', '\u2028', '~~', 'a b']

const typeOf = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value === 'object' ? 'object' : typeof value

const texts =
  (make: (text: string, limit: number) => readonly string[]): Breaker =>
  (value, _schema, limit) =>
    typeof value === 'string'
      ? make(value, Number(limit)).map((text) => ({ value: text, how: `${[...value].length} -> ${[...text].length}` }))
      : []

const numbers =
  (make: (limit: number) => number): Breaker =>
  (value, _schema, limit) =>
    typeof value === 'number' ? [{ value: make(Number(limit)), how: `${value} -> ${make(Number(limit))}` }] : []

const lists =
  (make: (list: readonly Json[], limit: number) => readonly Json[]): Breaker =>
  (value, _schema, limit) => {
    const list = Array.isArray(value) ? make(value as readonly Json[], Number(limit)) : undefined
    return list === undefined ? [] : [{ value: list, how: `${(value as readonly Json[]).length} -> ${list.length}` }]
  }

/** By keyword: values near a valid one that only this keyword may refuse; whether it does, and alone, is for a check to say. */
export const BREAKERS: Readonly<Record<string, Breaker>> = {
  type: (value, schema) =>
    OTHERS.filter(
      (other) => !typesOf(schema).includes(typeOf(other)) && !(typeOf(other) === 'number' && typesOf(schema).includes('integer')),
    ).map((other) => ({ value: other, how: `${typeOf(value)} -> ${typeOf(other)}` })),
  const: (value) => [
    {
      value: typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 1 : 'other',
      how: `${JSON.stringify(value)} -> another value`,
    },
  ],
  enum: (value) => [
    {
      value: typeof value === 'string' ? `${value}x` : typeof value === 'number' ? value + 0.5 : 'other',
      how: `${JSON.stringify(value)} -> none of them`,
    },
  ],
  minLength: texts((text, limit) => [[...text].slice(0, limit - 1).join('')]),
  maxLength: texts((text, limit) =>
    limit > MOST ? [] : [text + (text.at(-1) ?? 'a').repeat(limit + 1 - [...text].length), 'a'.repeat(limit + 1)],
  ),
  pattern: (value) =>
    typeof value === 'string'
      ? [...ODD.map((odd) => value + odd), ...ODD.map((odd) => odd + value), ...ODD].map((text) => ({
          value: text,
          how: `${JSON.stringify(value.slice(0, 40))} -> ${JSON.stringify(text.slice(0, 40))}`,
        }))
      : [],
  minimum: numbers((limit) => limit - 1),
  maximum: numbers((limit) => limit + 1),
  exclusiveMinimum: numbers((limit) => limit),
  exclusiveMaximum: numbers((limit) => limit),
  multipleOf: numbers((limit) => limit / 2),
  minItems: lists((list, limit) => list.slice(0, limit - 1)),
  maxItems: lists((list, limit) =>
    limit > MOST || list.length === 0
      ? limit === 0
        ? ['one too many']
        : list
      : Array.from({ length: limit + 1 }, (_, i) => list[i % list.length]!),
  ),
  uniqueItems: lists((list) => (list.length === 0 ? list : [...list, list[0]!])),
  required: (value, _schema, limit) =>
    isJsonObject(value)
      ? listOf(limit).map((key) => ({ value: without(value, String(key)), how: `${String(key)} is missing` }))
      : [],
  additionalProperties: (value, _schema, limit) =>
    isJsonObject(value) && limit === false
      ? [{ value: withProperty(value, 'notInTheSchema', 'x'), how: 'notInTheSchema is added' }]
      : [],
  minProperties: (value, _schema, limit) =>
    isJsonObject(value)
      ? [{ value: Object.fromEntries(Object.entries(value).slice(0, Number(limit) - 1)), how: `fewer than ${Number(limit)}` }]
      : [],
  maxProperties: (value, _schema, limit) => {
    const [[, sample] = ['', 'x' as Json]] = isJsonObject(value) ? Object.entries(value) : []
    const more = Array.from({ length: Number(limit) + 1 }, (_, i) => [lettered(i), sample] as const)
    return isJsonObject(value) && Number(limit) <= MOST
      ? [{ value: { ...Object.fromEntries(more), ...value }, how: `more than ${Number(limit)}` }]
      : []
  },
  propertyNames: (value) => {
    const [[, sample] = ['', 'x' as Json]] = isJsonObject(value) ? Object.entries(value) : []
    return isJsonObject(value)
      ? ODD.map((name) => ({ value: withProperty(value, name, sample), how: `the name ${JSON.stringify(name)} is added` }))
      : []
  },
}

/** Different names of letters alone, which most patterns of names allow. */
const lettered = (i: number): string => `more${String(i).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)}`

const without = (value: JsonObject, key: string): Json => removeAt(value, `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
