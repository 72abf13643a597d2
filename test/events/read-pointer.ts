import { isJsonObject, type Json } from '#src/model/index.js'

/** What stands at an extended pointer of an event: `/Records/0/body#json/id`. Undefined when nothing does. */
export function readPointer(event: Json, pointer: string): Json | undefined {
  let at: Json | undefined = event
  for (const [token] of pointer.matchAll(/\/[^/#]*|#[a-z0-9]+/g)) {
    if (at === undefined) return undefined
    at = token.startsWith('/') ? child(at, unescaped(token.slice(1))) : inside(String(at), token)
  }
  return at
}

function child(at: Json, key: string): Json | undefined {
  if (Array.isArray(at)) return at[Number(key)]
  return isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined
}

function inside(text: string, step: string): Json {
  if (step === '#json') return JSON.parse(text) as Json
  if (step === '#base64') return Buffer.from(text, 'base64').toString('utf8')
  if (step === '#form') return Object.fromEntries(new URLSearchParams(text))
  return text.split(/[ .]/)[Number(step.slice('#part'.length))] ?? ''
}

const unescaped = (token: string): string => token.replaceAll('~2', '#').replaceAll('~1', '/').replaceAll('~0', '~')
