import { escapeToken, getAt, isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { checker } from './check-value.js'
import { setAt } from './edit.js'
import { branchFor, childSchema, listOf, resolve } from './schema.js'

/** A valid event in which two fields that always agree do not. */
export interface Inconsistent {
  readonly event: Json
  readonly label: string
}

/** One event for each relation that the schema names (`x-consistent`) and that shows in the event. */
export function* inconsistent(root: JsonObject, event: Json): Generator<Inconsistent> {
  const { $defs: _defs, ...schema } = root
  const valid = checker(root, schema)
  for (const { pointer, target } of relations(root, schema, event, '')) {
    const value = getAt(event, target)
    // Of nothing, anything may be said.
    if (value === undefined || ['', null].includes(getAt(event, pointer) as null)) continue
    const other = others(value)
      .map((one) => setAt(event, target, one))
      .find((one) => valid(one))
    if (other !== undefined) yield { event: other, label: `${target} does not agree with ${pointer}` }
  }
}

function* relations(
  root: JsonObject,
  raw: JsonObject,
  value: Json,
  pointer: string,
): Generator<{ pointer: string; target: string }> {
  const schema = branchFor({ root }, resolve({ root }, raw), value)
  for (const target of listOf(schema['x-consistent'])) yield { pointer, target: sameRecord(String(target), pointer) }
  const children = Array.isArray(value) ? value.entries() : isJsonObject(value) ? Object.entries(value) : []
  for (const [key, child] of children)
    yield* relations(root, childSchema({ root }, schema, String(key)), child as Json, `${pointer}/${escapeToken(String(key))}`)
}

/** `*` of a target stands for the list item that the field itself is in. */
function sameRecord(target: string, pointer: string): string {
  const tokens = pointer.split('/')
  return target
    .split('/')
    .map((token, i) => (token === '*' ? (tokens[i] ?? '0') : token))
    .join('/')
}

/** Words of which only a few are allowed. */
const ENUMS: Readonly<Record<string, readonly string[]>> = {
  NEW_AND_OLD_IMAGES: ['KEYS_ONLY'],
  NEW_IMAGE: ['KEYS_ONLY'],
  OLD_IMAGE: ['KEYS_ONLY'],
}

/** Values of the same kind that say something else. */
function others(value: Json): readonly Json[] {
  if (typeof value === 'number') return [value + 1]
  if (typeof value === 'boolean') return [!value]
  if (typeof value === 'string') return [...(ENUMS[value] ?? []), flipped(value), `${value}x`, `/other${value}`]
  if (Array.isArray(value)) return [value.slice(1), [...value, ...value]]
  if (!isJsonObject(value)) return []
  const entries = Object.entries(value)
  return entries.flatMap(([key, child]) => others(child).map((one): Json => ({ ...value, [key]: one })))
}

const flipped = (text: string): string =>
  /^[0-9a-f]/.test(text) ? (text.startsWith('0') ? '1' : '0') + text.slice(1) : `x${text}`
