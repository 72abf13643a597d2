import fc from 'fast-check'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { Bounded } from './bounded.js'
import { checker } from './check-value.js'
import type { Visit } from './compile.js'
import { ListOf } from './list.js'
import { isNothing } from './merge-schemas.js'
import { listOf } from './schema.js'
import { Unsatisfiable } from './unsatisfiable.js'

/** A part of a schema that is being compiled. */
export interface Part {
  readonly root: JsonObject
  readonly schema: JsonObject
  readonly pointer: string
  readonly sub: Visit
  /** Deep in a recursion: nothing optional. */
  readonly small: boolean
}

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)

/** Lists: fixed items first, then the rest, among them as many as `contains` asks for. */
export function arrayArbitrary(part: Part): fc.Arbitrary<Json> {
  const { schema, pointer, small, root } = part
  const prefix = listOf(schema['prefixItems'])
  const closed = isNothing(schema['items'])
  const min = numberOr(schema['minItems'], 0)
  const asked = schema['contains'] === undefined ? 0 : numberOr(schema['minContains'], 1)
  const least = Math.max(min, asked)
  const max = Math.min(numberOr(schema['maxItems'], small ? least : least + 3), closed ? prefix.length : Number.POSITIVE_INFINITY)
  if (least > max) throw new Unsatisfiable(pointer, `a list of ${least} or more has room for ${max}`)
  const made = asked === 0 && prefix.length === 0 ? plain(part, min, max) : mixed(part, { prefix, asked, min, max })
  const unsure = ['contains', 'uniqueItems', 'maxContains'].filter(
    (keyword) => schema[keyword] !== undefined && schema[keyword] !== false,
  )
  return unsure.length === 0 ? made : new Bounded(made, checker(root, schema), pointer, unsure.join(', '))
}

function plain({ schema, pointer, sub }: Part, minLength: number, maxLength: number): fc.Arbitrary<Json> {
  if (maxLength === 0) return fc.constant([])
  const items = itemsOr(schema, sub, pointer, minLength)
  if (items === undefined) return fc.constant([])
  if (schema['uniqueItems'] !== true) return new ListOf(items, { minLength, maxLength })
  // More than are wanted, since equal ones are left out. fast-check's own lists of different items never end when there are too few.
  const drawn = fc.array(items, { minLength, maxLength: Math.max(maxLength, minLength * 4) })
  const different = drawn.map((all): Json => [...new Map(all.map((one) => [canonical(one), one])).values()].slice(0, maxLength))
  return new Bounded(different, (made) => Array.isArray(made) && made.length >= minLength, pointer, 'uniqueItems, minItems')
}

/** Undefined where no item is possible, and none needed. */
function itemsOr(schema: JsonObject, sub: Visit, pointer: string, needed: number): fc.Arbitrary<Json> | undefined {
  try {
    return sub(schema['items'] ?? true, `${pointer}/items`)
  } catch (error) {
    if (error instanceof Unsatisfiable && needed === 0) return undefined
    throw error
  }
}

interface Mix {
  readonly prefix: readonly Json[]
  readonly asked: number
  readonly min: number
  readonly max: number
}

function mixed(part: Part, mix: Mix): fc.Arbitrary<Json> {
  const { schema, pointer, sub } = part
  const { asked, min } = mix
  const { prefix, max } = mix.prefix.length === 0 ? { prefix: [], max: mix.max } : fixedItems(part, mix)
  const fixed = fc.tuple(...prefix)
  const room = Math.max(0, max - prefix.length)
  // Items that `contains` asks for are items too.
  const contained = asked === 0 ? fc.constant([]) : containedItems(schema, sub, pointer, Math.min(asked, room))
  const more = Math.max(0, room - Math.min(asked, room))
  const least = Math.min(more, Math.max(0, min - prefix.length - Math.min(asked, room)))
  const rest = itemsOr(schema, sub, pointer, least)
  const others = rest === undefined ? fc.constant([]) : fc.array(rest, { minLength: least, maxLength: more })
  const whole = fc.tuple(fixed, contained, others).map(([a, b, c]): Json => [...a, ...b, ...c])
  // Fewer than the fixed ones are a list too.
  return min >= prefix.length || asked > 0
    ? whole
    : fc.oneof(
        whole,
        fixed.chain((all) => fc.integer({ min, max: Math.min(prefix.length, max) }).map((n) => all.slice(0, n))),
      )
}

/** A list ends before the first fixed item that nothing can be. */
function fixedItems(
  { pointer, sub }: Part,
  { prefix, min, max }: Mix,
): { readonly prefix: readonly fc.Arbitrary<Json>[]; readonly max: number } {
  const made: fc.Arbitrary<Json>[] = []
  for (const [i, one] of prefix.entries()) {
    try {
      made.push(sub(one, `${pointer}/prefixItems/${i}`))
    } catch (error) {
      if (!(error instanceof Unsatisfiable) || i < min) throw error
      return { prefix: made, max: Math.min(max, i) }
    }
  }
  return { prefix: made, max }
}

function containedItems(schema: JsonObject, sub: Visit, pointer: string, count: number): fc.Arbitrary<readonly Json[]> {
  const wanted = sub({ allOf: [schema['contains'] ?? {}, schema['items'] ?? {}] }, `${pointer}/contains`)
  return fc.array(wanted, { minLength: count, maxLength: count })
}

/** Equal JSON values have equal texts, whatever the order of their keys. */
const canonical = (value: Json): string =>
  JSON.stringify(value, (_key, held: Json) =>
    isJsonObject(held) ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1))) : held,
  )
