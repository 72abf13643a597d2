import type { JsonObject } from '../../model/json.js'
import { isRecord, type Known, membersOf, objectOf, type Reader } from './read.js'

/** superstruct: plain objects; what refines them is hidden in functions, and said only when they refuse a value. */
export function fromStruct(known: Known, read: Reader): JsonObject | undefined {
  if (typeof known['refiner'] !== 'function' || typeof known['coercer'] !== 'function') return undefined
  const shape = shapeOf(known, String(known['type']), read)
  return { ...shape, ...refinements(known, shape['type']) }
}

function shapeOf(known: Known, type: string, read: Reader): JsonObject {
  if (type === 'enums') return membersOf(known['schema'])
  if (type === 'literal') return membersOf([known['schema']])
  if (type === 'object' || type === 'type') return objectOf(known['schema'], read, isOptional)
  if (type === 'array') return { type, items: read(known['schema']) ?? {} }
  return /^(?:string|number|boolean|integer)$/.test(type) ? { type } : {}
}

/** An optional struct is its own struct that takes undefined as well. */
const isOptional = (one: Known): boolean => failures(one, 'validator', undefined).length === 0

const LONG = 300
/** Values that a check is likely to refuse: too little, and too much. */
const REFUSED: Readonly<Record<string, readonly unknown[]>> = {
  string: ['', '\0'.repeat(LONG)],
  number: [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  integer: [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  array: [[], Array.from({ length: LONG })],
}

function refinements(known: Known, type: unknown): JsonObject {
  const refused = REFUSED[String(type)]?.flatMap((value) => failures(known, 'refiner', value)) ?? []
  return Object.assign({}, ...refused.filter(isRecord).map((one) => saidBy(one, type)))
}

function failures(known: Known, check: 'refiner' | 'validator', value: unknown): readonly unknown[] {
  const run = known[check]
  if (typeof run !== 'function') return []
  try {
    return [...(run.call(known, value, { branch: [value], path: [] }) as Iterable<unknown>)]
  } catch {
    return [] // A check of the function's own that expects something else.
  }
}

/** What one refusal tells: `Expected a string with a length between `1` and `20` but received ...`. */
function saidBy({ refinement, message }: Known, type: unknown): JsonObject {
  const text = String(message)
  const [least, most] = BOUNDS[String(type)] ?? ['minimum', 'maximum']
  const size = /\b(?:of `(\d+)`|between `(-?[\d.]+)` and `(-?[\d.]+)`) but/.exec(text)
  switch (refinement) {
    case 'min':
      return numbered(least, /than or equal to (-?[\d.]+) but/.exec(text)?.[1])
    case 'max':
      return numbered(most, /than or equal to (-?[\d.]+) but/.exec(text)?.[1])
    case 'nonempty':
      return { [least]: 1 }
    case 'size':
      return { ...numbered(least, size?.[1] ?? size?.[2]), ...numbered(most, size?.[1] ?? size?.[3]) }
    case 'pattern':
      return patterned(/ matching `\/(.*)\/` but received/s.exec(text)?.[1])
    default:
      return {}
  }
}

const BOUNDS: Readonly<Record<string, readonly [least: string, most: string]>> = {
  string: ['minLength', 'maxLength'],
  array: ['minItems', 'maxItems'],
}

const numbered = (name: string, text: string | undefined): JsonObject => (text === undefined ? {} : { [name]: Number(text) })

const patterned = (pattern: string | undefined): JsonObject => (pattern === undefined ? {} : { pattern })
