import crypto from 'node:crypto'
import { KNOWN_SALT, knownKey } from '../model/known-key.js'

type Derive = (...args: unknown[]) => unknown

/**
 * A client of MongoDB checks that the server knows its password. The sidecar, which knows none, sends a salt from which the same key
 * is derived for any password: everything else is derived as ever.
 */
export function deriveKnownKey(): void {
  const { pbkdf2, pbkdf2Sync } = crypto
  Reflect.set(crypto, 'pbkdf2Sync', (...args: unknown[]): unknown =>
    isKnown(args[1]) ? knownKey(Number(args[3])) : Reflect.apply(pbkdf2Sync as Derive, crypto, args),
  )
  Reflect.set(crypto, 'pbkdf2', (...args: unknown[]): unknown => {
    const callback = args[5]
    if (!isKnown(args[1]) || typeof callback !== 'function') return Reflect.apply(pbkdf2 as Derive, crypto, args)
    return void setImmediate(() => Reflect.apply(callback, undefined, [null, knownKey(Number(args[3]))]))
  })
  const subtle = Object.getPrototypeOf(crypto.webcrypto.subtle) as Record<string, Derive>
  const { deriveBits } = subtle
  Reflect.set(subtle, 'deriveBits', function (this: unknown, ...args: unknown[]): unknown {
    const { salt } = (args[0] ?? {}) as { readonly salt?: unknown }
    if (!isKnown(salt)) return Reflect.apply(deriveBits!, this, args)
    return Promise.resolve(Uint8Array.from(knownKey(Number(args[2]) / 8)).buffer)
  })
}

const known = Buffer.from(KNOWN_SALT)
const compare = Buffer.compare.bind(Buffer)

const isKnown = (salt: unknown): boolean =>
  salt instanceof Uint8Array && salt.length === known.length && compare(salt, known) === 0
