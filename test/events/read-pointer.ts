import { gunzipSync } from 'node:zlib'
import { isJsonObject, type Json } from '#src/model/index.js'

/** What stands at an extended pointer of an event: `/Records/0/body#json/id`. Undefined when nothing does. */
export function readPointer(event: Json, pointer: string): Json | undefined {
  let at: Json | undefined = event
  for (const [token] of pointer.matchAll(/\/[^/#]*|#[a-z0-9]+/g)) {
    if (at === undefined) return undefined
    at = token.startsWith('/') ? child(at, unescaped(token.slice(1))) : inside(at, token)
  }
  return at
}

function child(at: Json, key: string): Json | undefined {
  if (Array.isArray(at)) return at[Number(key)]
  return isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined
}

function inside(at: Json, step: string): Json {
  if (step === '#bytes') return Buffer.from((at as readonly number[]).map((byte) => byte & 0xff)).toString('utf8')
  const text = String(at)
  if (step === '#json') return JSON.parse(text) as Json
  // Bytes are kept as latin1, which loses none of them.
  if (step === '#gzip') return gunzipSync(Buffer.from(text, 'latin1')).toString('utf8')
  if (step === '#base64') {
    const bytes = Buffer.from(text, 'base64')
    return bytes[0] === 0x1f ? bytes.toString('latin1') : bytes.toString('utf8')
  }
  if (step === '#form') return Object.fromEntries(new URLSearchParams(text))
  return text.split(/[ .]/)[Number(step.slice('#part'.length))] ?? ''
}

const unescaped = (token: string): string => token.replaceAll('~2', '#').replaceAll('~1', '/').replaceAll('~0', '~')
