import crypto from 'node:crypto'
import Module from 'node:module'
import type { Mac, TokenCheck } from '../model/index.js'
import { hasCanary } from './event-texts.js'
import { holdsBody } from './event-view.js'
import { withIntrinsics } from './intrinsics.js'

/**
 * Discovery only: what the function signs with a key of its own, to compare it with what the sender has signed. Whoever has the key
 * could have sent the event: with it the parent signs events that get behind the check.
 */
const MOST = 16
const LONGEST = 64 * 1024
const LONGEST_KEY = 8 * 1024
/** What a token signs: its header and its claims. */
const CLAIMS = /^[\w-]{8,}\.[\w-]{8,}$/
const TOKEN = /^[\w.+/=-]{8,}$/
const macs: Mac[] = []
const checks: TokenCheck[] = []

export const takeMacs = (): readonly Mac[] => macs.splice(0)
export const takeTokenChecks = (): readonly TokenCheck[] => checks.splice(0)

interface Begun {
  readonly algorithm: string
  readonly key: Buffer
  data: string | undefined
}
const begun = new WeakMap<object, Begun>()
/** Keys that WebCrypto holds, as they were given to it. */
const imported = new WeakMap<object, { readonly algorithm: string; readonly key: Buffer }>()

type Method = (this: unknown, ...args: unknown[]) => unknown

export function watchMacs(): void {
  around(crypto, 'createHmac', (_self, [algorithm, key], made) => {
    const bytes = bytesOf(key)
    if (bytes !== undefined && bytes.length <= LONGEST_KEY)
      begun.set(made as object, { algorithm: String(algorithm), key: bytes, data: '' })
  })
  around(crypto.Hmac.prototype, 'update', (self, [data, encoding]) => {
    const one = begun.get(self as object)
    const text = textOf(data, encoding)
    if (one?.data !== undefined)
      one.data = text === undefined || one.data.length + text.length > LONGEST ? undefined : one.data + text
  })
  around(crypto.Hmac.prototype, 'digest', (self, [encoding]) => {
    const one = begun.get(self as object)
    if (one?.data !== undefined) note(one.algorithm, one.key, one.data, encoding)
  })
  const subtle = Object.getPrototypeOf(crypto.webcrypto.subtle) as object
  around(subtle, 'importKey', (_self, [format, data, algorithm], made) => {
    const key = format === 'raw' ? bytesOf(data) : undefined
    if (key === undefined || key.length > LONGEST_KEY) return
    const { hash } = algorithm as { readonly hash?: string | { readonly name?: string } }
    const name = String(typeof hash === 'object' ? hash.name : hash)
    void (made as Promise<object>).then(
      (handle) => imported.set(handle, { algorithm: name.replace('-', '').toLowerCase(), key }),
      () => undefined,
    )
  })
  around(subtle, 'sign', (_self, [, key, data]) => noteSubtle(key, data))
  around(subtle, 'verify', (_self, [, key, , data]) => noteSubtle(key, data))
  Module.syncBuiltinESMExports()
}

function noteSubtle(key: unknown, data: unknown): void {
  const known = imported.get(key as object)
  const text = textOf(data, undefined)
  if (known !== undefined && text !== undefined) note(known.algorithm, known.key, text, undefined)
}

/** `verify(token, key, { issuer })`, by whatever name: the key, and what the claims are to say. */
export function noteTokenCheck([token, key, options]: readonly unknown[]): void {
  if (typeof token !== 'string' || token.length > LONGEST || !TOKEN.test(token) || checks.length >= MOST) return
  const bytes = imported.get(key as object)?.key ?? bytesOf(key)
  if (bytes === undefined || bytes.length === 0 || bytes.length > LONGEST_KEY) return
  const { issuer, audience, subject, algorithms } = (options ?? {}) as Record<string, unknown>
  const wanted = { iss: textIn(issuer), aud: textIn(audience), sub: textIn(subject), alg: textIn(algorithms) }
  checks.push({ token, key: bytes.toString('base64'), ...wanted })
}

const textIn = (value: unknown): string | null => {
  const first = Array.isArray(value) ? (value[0] as unknown) : value
  return typeof first === 'string' && first.length <= 300 ? first : null
}

/** Only what the event holds: clients of AWS sign all the time. */
function note(algorithm: string, key: Buffer, data: string, encoding: unknown): void {
  if (macs.length >= MOST || !(hasCanary(data) || CLAIMS.test(data) || holdsBody(data))) return
  const as = encoding === 'hex' || encoding === 'base64' || encoding === 'base64url' ? encoding : 'bytes'
  macs.push({ algorithm, key: key.toString('base64'), data, as })
}

/** `see` runs after the method, which stays what it is. */
function around(owner: object, name: string, see: (self: unknown, args: readonly unknown[], made: unknown) => void): void {
  const original = (owner as Record<string, Method>)[name]!
  Reflect.set(owner, name, function (this: unknown, ...args: unknown[]): unknown {
    const made: unknown = Reflect.apply(original, this, args)
    withIntrinsics(() => {
      try {
        see(this, args, made)
      } catch {
        // Odd arguments are the function's own affair, and what it gets for them.
      }
    })
    return made
  })
}

function bytesOf(key: unknown): Buffer | undefined {
  if (typeof key === 'string') return Buffer.from(key, 'utf8')
  if (key instanceof crypto.KeyObject) return key.type === 'secret' ? key.export() : undefined
  if (ArrayBuffer.isView(key)) return Buffer.from(key.buffer, key.byteOffset, key.byteLength)
  return key instanceof ArrayBuffer ? Buffer.from(key) : undefined
}

/** Undefined for what is no text. */
function textOf(data: unknown, encoding: unknown): string | undefined {
  const bytes = typeof data === 'string' && typeof encoding === 'string' ? Buffer.from(data, encoding as BufferEncoding) : data
  if (typeof bytes === 'string') return bytes
  const raw = bytesOf(bytes)
  const text = raw?.toString('utf8')
  return text === undefined || text.includes('\ufffd') ? undefined : text
}
