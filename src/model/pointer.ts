import { isJsonObject, type Json } from './json.js'

/**
 * Extended JSON pointers: RFC 6901, and a step into a string with `#json`, `#base64`, `#form`, `#gzip` or (of a list) `#bytes`:
 * `/Records/0/body#json/customerId`.
 */
export const escapeToken = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('#', '~2')

const unescapeToken = (token: string): string => token.replaceAll('~2', '#').replaceAll('~1', '/').replaceAll('~0', '~')

/** Tokens of a plain pointer into a JSON value (no `#`). */
export function tokensOf(pointer: string): string[] {
  return pointer === '' ? [] : pointer.slice(1).split('/').map(unescapeToken)
}

/** The value at a plain pointer; undefined where there is none. */
export function getAt(value: Json, pointer: string): Json | undefined {
  let at: Json | undefined = value
  for (const token of tokensOf(pointer)) {
    if (Array.isArray(at)) at = at[Number(token)]
    else if (isJsonObject(at) && Object.hasOwn(at, token)) at = at[token]
    else return undefined
  }
  return at
}
