import { createHash } from 'node:crypto'
import { isJsonObject, type Json, type JsonObject } from './json.js'

/**
 * Keys with which the function under test checks who sent an event, learnt by watching it. Drafts name a key by its number: what is
 * kept of a run holds signatures and no keys.
 */
const tokens = new Map<string, TokenKey>()
const macs = new Map<string, MacRecipe>()

export interface TokenKey {
  readonly algorithm: string
  readonly key: Buffer
  /** What its claims are to say besides the usual. */
  readonly claims: JsonObject
}

/** A text of the event: keys of objects, and `#json` or `#base64` where it stands inside of another one. */
export type TextPath = readonly string[]

/** What is signed, part by part; `now`: the moment of the event, in so many parts of a second. */
export type SignedPart = { readonly text: string } | { readonly at: TextPath } | { readonly now: 1 | 1000 }

export interface MacRecipe {
  readonly algorithm: string
  readonly key: Buffer
  readonly as: 'hex' | 'base64' | 'base64url'
  readonly parts: readonly SignedPart[]
}

/** Names of JSON Web Algorithms, and the hash of each. */
export const SHARED_ALGORITHMS: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' }

/** Stand in a draft for the time at which its event is made, as seconds and as milliseconds. */
export const NOW = ['efnow-s-', 'efnow-ms-'] as const

/** Stands in a draft for a token that is signed with a key. */
export const learnToken = (one: TokenKey): string => `{{token.keyed.${learnt(tokens, one)}}}`
/** Stands in a draft for the signature of the event that it is in. */
export const learnMac = (one: MacRecipe): string => `efmac-${learnt(macs, one)}-`

/** Undefined for a number that this process has not learnt. */
export const tokenKeyOf = (id: string): TokenKey | undefined => tokens.get(id)
export const macRecipeOf = (id: string): MacRecipe | undefined => macs.get(id)

function learnt<T extends { readonly key: Buffer }>(known: Map<string, T>, one: T): string {
  const id = createHash('sha256')
    .update(JSON.stringify({ ...one, key: one.key.toString('hex') }))
    .digest('hex')
    .slice(0, 10)
  known.set(id, one)
  return id
}

/** The text or number at a path; undefined where none stands. */
export function textAt(event: Json, path: TextPath): string | undefined {
  let value: Json | undefined = event
  for (const step of path) {
    if (step === '#json' || step === '#base64') value = decoded(value, step)
    else value = isJsonObject(value) || Array.isArray(value) ? (value as JsonObject)[step] : undefined
    if (value === undefined) return undefined
  }
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

function decoded(value: Json | undefined, how: '#json' | '#base64'): Json | undefined {
  if (typeof value !== 'string') return undefined
  if (how === '#base64')
    return /^[A-Za-z0-9+/]{8,}={0,2}$/.test(value) ? Buffer.from(value, 'base64').toString('utf8') : undefined
  try {
    return JSON.parse(value) as Json
  } catch {
    return undefined
  }
}

const DEEPEST = 12

/** Every text and number of the event, also inside of texts that are JSON or base64. */
export function* textsOf(value: Json, path: TextPath = []): Generator<{ readonly at: TextPath; readonly text: string }> {
  if (path.length > DEEPEST || value === null || typeof value === 'boolean') return
  if (typeof value === 'number') yield { at: path, text: String(value) }
  else if (typeof value === 'string') {
    yield { at: path, text: value }
    for (const how of ['#json', '#base64'] as const) {
      const inner = decoded(value, how)
      if (inner !== undefined && typeof inner !== 'number') yield* textsOf(inner, [...path, how])
    }
  } else for (const [key, one] of Object.entries(value)) yield* textsOf(one, [...path, key])
}
