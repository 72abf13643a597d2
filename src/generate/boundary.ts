import type { Json, JsonObject } from '../model/index.js'
import { setAt } from './edit.js'
import { type Leaf, walk } from './leaves.js'
import { listOf } from './schema.js'

/** A wire input at the edge of what its schema allows. */
export interface Boundary {
  readonly wire: Json
  readonly pointer: string
  readonly label: string
}

const LONGEST = 8_192

/** Deterministic and exhaustive: each leaf of a template at each of its own edges, one at a time. */
export function* boundaries(root: JsonObject, wireSchema: JsonObject, template: Json): Generator<Boundary> {
  for (const leaf of walk(root, wireSchema, template).leaves) {
    if (leaf.control === 'owner' || leaf.control === 'service') continue
    for (const [label, value] of edgesOf(leaf)) yield { wire: setAt(template, leaf.pointer, value), pointer: leaf.pointer, label }
  }
}

function* edgesOf({ schema, value }: Leaf): Generator<readonly [string, Json]> {
  const members = listOf(schema['enum'])
  if (members.length > 0) {
    for (const member of members) if (member !== value) yield [`enum ${JSON.stringify(member)}`, member]
    return
  }
  if (typeof value === 'number') {
    yield* [
      ['zero', 0],
      ['minus one', -1],
      ['largest safe integer', Number.MAX_SAFE_INTEGER],
      ['fraction', 0.1],
    ] as const
    for (const edge of ['minimum', 'maximum'] as const) if (typeof schema[edge] === 'number') yield [edge, schema[edge]]
    return
  }
  if (typeof value !== 'string') return
  const pattern = typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern'], 'u') : undefined
  const min = typeof schema['minLength'] === 'number' ? schema['minLength'] : 0
  const max = Math.min(typeof schema['maxLength'] === 'number' ? schema['maxLength'] : LONGEST, LONGEST)
  for (const [label, text] of TEXTS)
    if (text.length >= min && text.length <= max && (pattern?.test(text) ?? true)) yield [label, text]
  // What the service takes may be far longer than what we make everywhere.
  const longest = typeof schema['x-longest'] === 'number' ? [schema['x-longest'] - 1, schema['x-longest']] : []
  for (const length of new Set([min, min + 1, max - 1, max, ...longest])) {
    const text = 'a'.repeat(length)
    if (length >= 0 && (pattern?.test(text) ?? true)) yield [`length ${length}`, text]
  }
}

/** Texts that code forgets about: each is ordinary data to the service. */
const TEXTS: readonly (readonly [string, string])[] = [
  ['empty', ''],
  ['blank', ' '],
  ['zero', '0'],
  ['negative', '-1'],
  ['large number', '9007199254740993'],
  ['not a number', 'NaN'],
  ['null word', 'null'],
  ['true word', 'true'],
  ['percent', '100%'],
  ['lone percent escape', '%E0%A4%A'],
  ['prototype name', '__proto__'],
  ['constructor name', 'constructor'],
  ['method name', 'toString'],
  ['accents', 'e\u0301\u00e9'],
  ['outside the BMP', '\u{1f600}'],
  ['right-to-left override', 'a\u202eb'],
  ['epoch', '1970-01-01T00:00:00.000Z'],
  ['no date', '2026-02-31T25:61:00Z'],
]
