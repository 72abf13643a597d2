import { createHmac } from 'node:crypto'
import { type Json, type JsonObject, type MacRecipe, macRecipeOf, SHARED_ALGORITHMS, textAt, tokenKeyOf } from '../model/index.js'
import { claimsOf } from './forged-token.js'

/** A token of somebody whom `marker` names, signed; empty when this process has not learnt the key. */
export function keyedToken(id: string, marker: string): string {
  const one = tokenKeyOf(id)
  if (one === undefined) return ''
  const part = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const alg = Object.keys(SHARED_ALGORITHMS).find((name) => SHARED_ALGORITHMS[name] === one.algorithm) ?? 'HS256'
  const data = `${part({ alg, typ: 'JWT' })}.${part({ ...claimsOf(marker), ...one.claims })}`
  return `${data}.${createHmac(one.algorithm, one.key).update(data).digest('base64url')}`
}

const MARK = /efmac-([0-9a-f]{10})-/g
const TIME = /efnow-(m?)s-/g

/** Whether something in the draft is signed with a key of the function's. */
export const isSigned = (wire: Json): boolean => /efmac-[0-9a-f]{10}-|\{\{token\.keyed\./.test(JSON.stringify(wire))

/** Puts the time and signatures in their places, in any JSON text about the event; undefined where it has none. */
export function stamper(event: Json): ((text: string) => string) | undefined {
  const text = JSON.stringify(event)
  if (!/ef(?:now|mac)-/.test(text)) return undefined
  const ms = Date.now()
  const timed = (one: string): string => one.replace(TIME, (_mark, milli) => timeIn(ms, milli === '' ? 1 : 1000))
  const now = JSON.parse(timed(text)) as Json
  const made = new Map<string, string>()
  for (const [, id = ''] of text.matchAll(MARK)) {
    const recipe = macRecipeOf(id)
    if (recipe !== undefined && !made.has(id)) made.set(id, signature(recipe, now, ms))
  }
  return (one) => timed(one).replace(MARK, (mark, id: string) => made.get(id) ?? mark)
}

const timeIn = (ms: number, parts: 1 | 1000): string => String(parts === 1 ? Math.floor(ms / 1000) : ms)

function signature({ algorithm, key, as, parts }: MacRecipe, event: Json, ms: number): string {
  const data = parts.map((part) =>
    'text' in part ? part.text : 'at' in part ? (textAt(event, part.at) ?? '') : timeIn(ms, part.now),
  )
  return createHmac(algorithm, key).update(data.join('')).digest(as)
}
