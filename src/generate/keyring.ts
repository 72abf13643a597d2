import { createHash, createHmac } from 'node:crypto'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { claimsOf } from './forged-token.js'

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

/** Stands in a draft for a token that is signed with a key. */
export const learnToken = (one: TokenKey): string => `{{token.keyed.${learnt(tokens, one)}}}`
/** Stands in a draft for the signature of the event that it is in. */
export const learnMac = (one: MacRecipe): string => `efmac-${learnt(macs, one)}-`

function learnt<T extends { readonly key: Buffer }>(known: Map<string, T>, one: T): string {
  const id = createHash('sha256')
    .update(JSON.stringify({ ...one, key: one.key.toString('hex') }))
    .digest('hex')
    .slice(0, 10)
  known.set(id, one)
  return id
}

const HS: Readonly<Record<string, string>> = { sha256: 'HS256', sha384: 'HS384', sha512: 'HS512' }
export const ALGORITHMS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(HS).map(([hash, name]) => [name, hash]),
)

/** A token of somebody whom `marker` names, signed; empty when this process has not learnt the key. */
export function keyedToken(id: string, marker: string): string {
  const one = tokens.get(id)
  if (one === undefined) return ''
  const part = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = part({ alg: HS[one.algorithm] ?? 'HS256', typ: 'JWT' })
  const data = `${head}.${part({ ...claimsOf(marker), ...one.claims })}`
  return `${data}.${createHmac(one.algorithm, one.key).update(data).digest('base64url')}`
}

const MARK = /efmac-([0-9a-f]{10})-/g

/** Stand in a draft for the time at which its event is made, as seconds and as milliseconds. */
export const NOW = ['efnow-s-', 'efnow-ms-'] as const
const TIME = /efnow-(m?)s-/g

/** Puts the time and signatures in their places, in any JSON text about the event; undefined where it has none. */
export function stamper(event: Json): ((text: string) => string) | undefined {
  const text = JSON.stringify(event)
  if (!/ef(?:now|mac)-/.test(text)) return undefined
  const ms = Date.now()
  const timed = (one: string): string => one.replace(TIME, (_mark, milli) => timeIn(ms, milli === '' ? 1 : 1000))
  const ids = [...new Set([...text.matchAll(MARK)].map(([, id]) => id!))].filter((id) => macs.has(id))
  const now = JSON.parse(timed(text)) as Json
  const made = new Map(ids.map((id) => [id, signature(macs.get(id)!, now, ms)]))
  return (one) => timed(one).replace(MARK, (mark, id: string) => made.get(id) ?? mark)
}

const timeIn = (ms: number, parts: 1 | 1000): string => String(parts === 1 ? Math.floor(ms / 1000) : ms)

function signature({ algorithm, key, as, parts }: MacRecipe, event: Json, ms: number): string {
  const dataOf = (part: SignedPart): string =>
    'text' in part ? part.text : 'at' in part ? (textAt(event, part.at) ?? '') : timeIn(ms, part.now)
  return createHmac(algorithm, key).update(parts.map(dataOf).join('')).digest(as)
}

/** Whether something in the draft is signed with a key of the function's. */
export const isSigned = (wire: Json): boolean => /efmac-[0-9a-f]{10}-|\{\{token\.keyed\./.test(JSON.stringify(wire))

/** The text at a path; undefined where none stands. */
function textAt(event: Json, path: TextPath): string | undefined {
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
