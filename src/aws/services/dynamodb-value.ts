import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { invalid, malformed } from './dynamodb-error.js'
import { compareDecimals, decimalOf, decimalText } from './dynamodb-number.js'

/** An item of DynamoDB, in its own type-tagged JSON. */
export type Item = Readonly<Record<string, JsonObject>>

const WRONG = 'One or more parameter values were invalid: '
const EMPTY_SET: Readonly<Record<string, string>> = {
  SS: 'An string set  may not be empty',
  NS: 'An number set  may not be empty',
  BS: 'Binary sets should not be empty',
}
const READERS: Readonly<Record<string, (value: Json) => Json>> = {
  S: (value) => stringOf(value),
  N: (value) => decimalText(decimalOf(stringOf(value))),
  B: (value) => binaryOf(value),
  BOOL: (value) => booleanOf(value),
  NULL: (value) => {
    if (booleanOf(value)) return true
    throw invalid(`${WRONG}Null attribute value types must have the value of true`)
  },
  SS: (value) => setOf('SS', value, stringOf),
  NS: (value) => setOf('NS', value, (member) => decimalText(decimalOf(stringOf(member)))),
  BS: (value) => setOf('BS', value, binaryOf),
  L: (value) => listOfValues(value).map(attributeOf),
  M: (value) => itemOf(value),
}

/** One attribute value, checked and with its numbers in their one form; throws DynamoError. */
export function attributeOf(value: Json | undefined): JsonObject {
  if (!isJsonObject(value)) throw malformed('Unexpected value type in payload')
  const tagged = Object.entries(value).filter(([type, inner]) => Object.hasOwn(READERS, type) && inner !== null)
  const read = tagged.map(([type, inner]) => [type, READERS[type]!(inner)] as const)
  if (read.length === 0) throw invalid('Supplied AttributeValue is empty, must contain exactly one of the supported datatypes')
  if (read.length > 1)
    throw invalid('Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes')
  return Object.fromEntries(read)
}

/** Refuses what has not the shape of attribute values, however deep: that comes before anything is asked of their content. */
export function checkShape(value: Json | undefined): void {
  if (!isJsonObject(value)) throw malformed('Unexpected value type in payload')
  for (const [type, inner] of Object.entries(value)) {
    if (inner === null || !Object.hasOwn(READERS, type)) continue
    if (type === 'M') for (const member of Object.values(mapOf(inner))) checkShape(member)
    else if (type === 'L') for (const member of listOfValues(inner)) checkShape(member)
    else if (type in EMPTY_SET) for (const member of listOfValues(inner)) scalarShape(type[0]!, member)
    else scalarShape(type, inner)
  }
}

function scalarShape(type: string, value: Json): void {
  if (type === 'B') binaryOf(value)
  else if (type === 'S' || type === 'N') stringOf(value)
  else booleanOf(value)
}

function mapOf(value: Json): JsonObject {
  if (isJsonObject(value)) return value
  throw malformed(notA('a map', value))
}

/** A map of attribute values: an item, a key or an M; throws DynamoError. */
export function itemOf(value: Json | undefined): Item {
  if (!isJsonObject(value)) throw malformed(notA('a map', value))
  return Object.fromEntries(Object.entries(value).map(([name, attribute]) => [name, attributeOf(attribute)]))
}

const notA = (what: string, value: Json | undefined): string =>
  Array.isArray(value) ? `Unrecognized collection type for ${what}` : 'Unexpected field type'

function stringOf(value: Json): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object') throw malformed('Start of structure or map found where not expected')
  const type = typeof value === 'boolean' ? `${String(value).toUpperCase()}_VALUE` : 'NUMBER_VALUE'
  throw malformed(`${type} cannot be converted to String`)
}

function binaryOf(value: Json): string {
  if (typeof value !== 'string') throw malformed('only base-64-encoded strings are convertible to bytes')
  if (Buffer.from(value, 'base64').toString('base64') !== value) throw malformed('Invalid Base64 of a binary value')
  return value
}

function booleanOf(value: Json): boolean {
  if (typeof value === 'boolean') return value
  if (value === 'true' || value === 'false') return value === 'true'
  throw malformed('Unexpected token received from parser')
}

function listOfValues(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value as readonly Json[]
  throw malformed(isJsonObject(value) ? 'Start of structure or map found where not expected' : 'Unexpected field type')
}

function setOf(type: string, value: Json, read: (member: Json) => string): Json {
  const members = listOfValues(value).map(read)
  if (members.length === 0) throw invalid(WRONG + EMPTY_SET[type]!)
  if (new Set(members).size === members.length) return members
  if (type === 'NS') throw invalid('Input collection contains duplicates')
  throw invalid(
    `${WRONG}Input collection [${members.join(', ').slice(0, 1000)}]${type === 'BS' ? 'of type BS' : ''} contains duplicates.`,
  )
}

/** The tag of a value: `S`, `N`, ...; empty for none. */
export const typeOf = (value: JsonObject | undefined): string => Object.keys(value ?? {})[0] ?? ''

/** Negative, zero or positive for two strings, numbers or binaries; undefined for values that have no order between them. */
export function orderOf(a: JsonObject | undefined, b: JsonObject | undefined): number | undefined {
  const type = typeOf(a)
  if (type !== typeOf(b)) return undefined
  const [x, y] = [a?.[type], b?.[type]]
  if (typeof x !== 'string' || typeof y !== 'string') return undefined
  if (type === 'N') return compareDecimals(decimalOf(x), decimalOf(y))
  const encoding = type === 'B' ? 'base64' : 'utf8'
  return Buffer.compare(Buffer.from(x, encoding), Buffer.from(y, encoding))
}

/** JSON with sorted keys and sets: equal for equal attribute values. */
export function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isJsonObject(value)) return JSON.stringify(value) ?? 'null'
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(sorted(name, value[name]!))}`).join(',')}}`
}

const sorted = (name: string, value: Json): Json =>
  Array.isArray(value) && Object.hasOwn(EMPTY_SET, name) && value.every((member) => typeof member === 'string')
    ? ([...value].sort() as Json)
    : value

export const isSame = (a: JsonObject | undefined, b: JsonObject | undefined): boolean =>
  a !== undefined && b !== undefined && canonical(a) === canonical(b)

/** Bytes that DynamoDB counts for an item: names and values. */
export const itemSize = (item: Item): number =>
  Object.entries(item).reduce((size, [name, value]) => size + Buffer.byteLength(name) + valueSize(value), 0)

function valueSize(value: JsonObject): number {
  const type = typeOf(value)
  const inner = value[type]
  if (Array.isArray(inner))
    return type === 'L'
      ? 3 + inner.reduce((size: number, member: JsonObject) => size + 1 + valueSize(member), 0)
      : inner.reduce((size: number, member: string) => size + scalarSize(type[0]!, member), 0)
  if (isJsonObject(inner)) return 3 + Object.keys(inner).length + itemSize(inner as Item)
  return typeof inner === 'string' ? scalarSize(type, inner) : 1
}

function scalarSize(type: string, text: string): number {
  if (type === 'B') return Buffer.byteLength(text, 'base64')
  // AWS: about one byte for two significant digits, and one more
  return type === 'N' ? 1 + Math.ceil(text.replace(/[-.]/g, '').length / 2) : Buffer.byteLength(text)
}
