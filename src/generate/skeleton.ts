import fc from 'fast-check'
import { isJsonObject, type Json, type JsonObject, SLOT, usualText, withRoom } from '../model/index.js'
import { compile } from './compile.js'
import { listOf, resolve, typesOf } from './schema.js'

const DEEPEST = 6
/** A marker as it will stand there: what a pattern has to let through. */
const MARKER = 'efab2c3d4e5fz'

/** A small benign value of a schema that the user's project gives: every property once, a marker wherever free text may stand. */
export const skeletonOf = (schema: JsonObject): Json => new Skeleton(schema, new Map()).made

/**
 * The same, then without what may be left out, then with flags turned off, both with larger numbers; and one more value for each
 * other branch and member that the schema names, one difference at a time. At most `most`, all different.
 */
export function skeletonsOf(schema: JsonObject, most: number): readonly Json[] {
  const first = new Skeleton(schema, new Map())
  const values = [first.made, ...OTHERWISE.map((look) => new Skeleton(schema, new Map(), look).made)]
  for (const [site, count] of first.sites)
    for (let i = 1; i < count && values.length < most; i++) values.push(new Skeleton(schema, new Map([[site, i]])).made)
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()].slice(0, most)
}

/** How a value looks as a whole: a trap for robots is left empty, an amount is worth something, a flag says no. */
interface Look {
  readonly flags: boolean
  readonly number: number
  /** Whether properties that are not asked for are there. */
  readonly whole: boolean
}

const USUAL: Look = { flags: true, number: 1, whole: true }
const OTHERWISE: readonly Look[] = [
  { flags: false, number: 120, whole: false },
  { flags: false, number: 120, whole: true },
]

class Skeleton {
  readonly made: Json
  /** Places where the schema leaves a choice, and of how many. */
  readonly sites = new Map<string, number>()
  #root: JsonObject
  #chosen: ReadonlyMap<string, number>
  #look: Look

  constructor(schema: JsonObject, chosen: ReadonlyMap<string, number>, look: Look = USUAL) {
    this.#root = schema
    this.#chosen = chosen
    this.#look = look
    this.made = this.#of(schema, '', 0)
  }

  #choose<T>(site: string, choices: readonly T[]): T | undefined {
    if (choices.length > 1) this.sites.set(site, choices.length)
    return choices[this.#chosen.get(site) ?? 0]
  }

  #of(raw: Json | undefined, site: string, depth: number): Json {
    const schema = this.#known(raw)
    if (schema === undefined || depth > DEEPEST) return SLOT
    if (schema['const'] !== undefined) return schema['const']
    const value = this.#choose(site, [...listOf(schema['enum']), ...listOf(schema['examples'])])
    if (value !== undefined) return value
    const [keyword] = ['oneOf', 'anyOf', 'allOf'].filter((key) => listOf(schema[key]).length > 0)
    if (keyword === undefined || schema['properties'] !== undefined) return this.#ofType(schema, site, depth)
    const branches = listOf(schema[keyword])
    const branch = keyword === 'allOf' ? branches[0] : this.#choose(site, branches)
    return this.#of(branch, `${site}|${this.#chosen.get(site) ?? 0}`, depth + 1)
  }

  #ofType(schema: JsonObject, site: string, depth: number): Json {
    const type = typesOf(schema).find((one) => one !== 'null')
    switch (type ?? (schema['properties'] === undefined ? 'string' : 'object')) {
      case 'object': {
        const properties = isJsonObject(schema['properties']) ? schema['properties'] : {}
        const required = listOf(schema['required'])
        // A schema that asks for nothing would be left with nothing.
        const isThere = (key: string) => this.#look.whole || required.length === 0 || required.includes(key)
        const there = Object.entries(properties).filter(([key]) => isThere(key))
        return Object.fromEntries(there.map(([key, one]) => [key, this.#of(one, `${site}/${key}`, depth + 1)]))
      }
      case 'array':
        return this.#list(schema, site, depth)
      case 'integer':
      case 'number':
        return numberOf(schema, this.#look.number)
      case 'boolean':
        return this.#look.flags
      default:
        return textOf(schema)
    }
  }

  #list(schema: JsonObject, site: string, depth: number): Json {
    const tuple = listOf(schema['prefixItems'])
    if (tuple.length > 0) return tuple.map((one, i) => this.#of(one, `${site}/${i}`, depth + 1))
    const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 1
    return Array.from({ length: Math.min(Math.max(least, 1), 5) }, () => this.#of(schema['items'], `${site}/0`, depth + 1))
  }

  /** The schema behind a reference; undefined for what is none, or points nowhere. */
  #known(schema: Json | undefined): JsonObject | undefined {
    try {
      return isJsonObject(schema) ? resolve({ root: this.#root }, schema) : undefined
    } catch {
      return undefined
    }
  }
}

/** The whole number that is next to the wanted one, where the schema lets one be. */
function numberOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: JsonObject, wanted: number): number {
  const of = (edge: Json | undefined, otherwise: number) => (typeof edge === 'number' ? edge : otherwise)
  const least = Math.max(of(minimum, -Infinity), of(exclusiveMinimum, -Infinity) + 1)
  const most = Math.min(of(maximum, Infinity), of(exclusiveMaximum, Infinity) - 1)
  const step = Math.abs(of(multipleOf, 1)) || 1
  return Math.ceil(Math.max(least, Math.min(Math.floor(most / step) * step, wanted)) / step) * step
}

/** Formats that leave room for a marker. */
const FORMATS: Readonly<Record<string, string>> = {
  email: `${SLOT}@example.invalid`,
  uri: `https://example.invalid/${SLOT}`,
  'uri-reference': `/${SLOT}`,
  hostname: `${SLOT}.example.invalid`,
}

function textOf(schema: JsonObject): Json {
  const { pattern, format, maxLength, minLength } = schema
  const text = typeof format === 'string' ? FORMATS[format] : SLOT
  if (text === undefined) return sampled(schema, SLOT)
  const length = text.length - SLOT.length + MARKER.length
  const padded = text + 'a'.repeat(Math.max(0, Math.min(Number(minLength ?? 0), 4_096) - length))
  const fits = maxLength === undefined || Number(maxLength) >= length
  if (fits && lets(pattern, padded.replace(SLOT, MARKER))) return padded
  if (typeof pattern !== 'string') return sampled(schema, SLOT)
  const usual = usualText(pattern)
  return usual !== undefined && isAsLong(usual, schema) ? usual : roomIn(sampled(schema, SLOT), pattern, schema)
}

/** As long as the schema asks for. */
function isAsLong(text: string, { minLength = 0, maxLength = Number.MAX_SAFE_INTEGER }: JsonObject): boolean {
  return text.length >= Number(minLength) && text.length <= Number(maxLength)
}

/** The sample with a marker in it, where pattern and length let one stand. */
function roomIn(sample: Json, pattern: string, schema: JsonObject): Json {
  const [marked] = typeof sample === 'string' && sample !== SLOT ? withRoom(sample, pattern, '') : []
  return marked !== undefined && isAsLong(marked.replaceAll(SLOT, MARKER), schema) ? marked : sample
}

function lets(pattern: Json | undefined, text: string): boolean {
  try {
    return typeof pattern !== 'string' || new RegExp(pattern).test(text)
  } catch {
    return false
  }
}

/** One value of the schema, always the same; `otherwise` for a schema that nothing can be made of. */
function sampled(schema: JsonObject, otherwise: Json): Json {
  try {
    return (fc.sample(compile(schema, schema), { seed: 7, numRuns: 1 })[0] as Json | undefined) ?? otherwise
  } catch {
    return otherwise
  }
}
