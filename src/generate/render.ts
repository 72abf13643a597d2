import { canaryOf, isJsonObject, type Json } from '../model/index.js'
import { put } from './edit.js'
import { FORGERIES, type Forgery, forgedToken } from './forged-token.js'
import { keyedToken } from './stamp.js'

/** Kinds of marker at one site; two bits of the canary's site field. */
const KINDS = { canary: 0, tail: 1, 'canary.a': 2, 'canary.b': 3 } as const
const TOKEN = new RegExp(
  `\\{\\{(canary(?:\\.[ab])?|tail|n1|n2|token\\.(?:${FORGERIES.join('|')}|keyed\\.[0-9a-f]{10}))\\}\\}`,
  'g',
)
const KEYED = 'token.keyed.'
const SITE_BITS = 12

export interface Markers {
  readonly tag: number
  readonly caseNumber: number
}

export const markerOf = ({ tag, caseNumber }: Markers, site: number, kind: keyof typeof KINDS): string =>
  canaryOf({ tag, caseNumber, site: (KINDS[kind] << SITE_BITS) | (site & 0xfff) })

/** Two factors whose product is never sent. */
const factors = (markers: Markers): Readonly<Record<'n1' | 'n2', string>> => ({
  n1: String(1009 + (markers.caseNumber % 7919)),
  n2: String(104_729 + (markers.caseNumber % 4001)),
})

/** The template's tokens replaced; `siteOf` numbers the leaf a pointer stands for. Anything else in braces passes untouched. */
export function renderTokens(template: Json, markers: Markers, site: number): Json {
  if (typeof template === 'string') {
    return template.includes('{{') ? template.replace(TOKEN, (_all, token: string) => tokenText(token, markers, site)) : template
  }
  if (Array.isArray(template)) return template.map((item) => renderTokens(item, markers, site))
  if (!isJsonObject(template)) return template
  return mapObject(
    template,
    (value) => renderTokens(value, markers, site),
    (key) => renderTokens(key, markers, site) as string,
  )
}

function tokenText(token: string, markers: Markers, site: number): string {
  if (token === 'n1' || token === 'n2') return factors(markers)[token]
  if (token.startsWith(KEYED)) return keyedToken(token.slice(KEYED.length), markerOf(markers, site, 'canary'))
  if (token.startsWith('token.')) return forgedToken(token.slice('token.'.length) as Forgery, markerOf(markers, site, 'canary'))
  return markerOf(markers, site, token as keyof typeof KINDS)
}

/** Copy of an object with own keys, `__proto__` included. */
export function mapObject(
  object: { readonly [key: string]: Json },
  value: (value: Json, key: string) => Json,
  key: (key: string) => string = (k) => k,
): Json {
  const copy: Record<string, Json> = {}
  for (const name of Object.keys(object)) put(copy, key(name), value(object[name]!, name))
  return copy
}
