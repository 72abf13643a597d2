import { setAt } from '../generate/index.js'
import { getAt, isJsonObject, type Json, type JsonObject, SLOT } from '../model/index.js'

/** What a client shows to prove who it is. */
export type Token =
  | { readonly kind: 'opaque'; readonly scheme: string; readonly value: string }
  | {
      readonly kind: 'jwt'
      readonly scheme: string
      readonly header: JsonObject
      readonly claims: JsonObject
      readonly signature: string
    }

const SIGNATURE = 'c2lnbmF0dXJlLW9mLWFuLWV4YW1wbGUtdG9rZW4tMDA'

export const tokenTemplates: readonly Json[] = [
  { kind: 'opaque', scheme: 'Bearer ', value: SLOT },
  {
    kind: 'jwt',
    scheme: 'Bearer ',
    header: { alg: 'RS256', typ: 'JWT', kid: SLOT },
    claims: { sub: SLOT, exp: 4_000_000_000 },
    signature: SIGNATURE,
  },
  // Of nobody's key: who looks for a signature refuses it, and all else shows what is wanted of a token.
  {
    kind: 'jwt',
    scheme: 'Bearer ',
    header: { alg: 'none', typ: 'JWT', kid: SLOT },
    claims: { sub: SLOT, exp: 4_000_000_000 },
    signature: '',
  },
  { kind: 'opaque', scheme: '', value: SLOT },
]

export function tokenText(token: Token): string {
  // HTTP: blanks around a field value are not part of it.
  if (token.kind === 'opaque') return (token.scheme + token.value).replace(/^[ \t]+|[ \t]+$/g, '')
  const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${token.scheme}${part(token.header)}.${part(token.claims)}.${token.signature}`
}

/** `#part1` is the token's header, `#part2` its claims, when a scheme stands before it; one less without. `at` is the token's field. */
export function supplyToken(wire: Json, pointer: string, at: RegExp, value: Json): Json | undefined {
  const rest = pointer.replace(at, '')
  const match = rest === pointer ? null : /^#part(\d)#base64#json(\/[^/]+)$/.exec(rest)
  if (match === null || getAt(wire, '/token/kind') !== 'jwt') return undefined
  const first = getAt(wire, '/token/scheme') === '' ? 0 : 1
  const where = ['header', 'claims'][Number(match[1]) - first]
  if (where === undefined || !isJsonObject(getAt(wire, `/token/${where}`))) return undefined
  return setAt(wire, `/token/${where}${match[2]}`, value)
}
