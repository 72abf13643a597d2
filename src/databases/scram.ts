import { createHmac } from 'node:crypto'
import { KNOWN_SALT, knownKey } from '../model/known-key.js'

const ITERATIONS = 4096
const HASHES: ReadonlyMap<string, readonly [hash: string, bytes: number]> = new Map([
  ['SCRAM-SHA-1', ['sha1', 20]],
  ['SCRAM-SHA-256', ['sha256', 32]],
])

/** The server's side of one login by SCRAM (RFC 5802): whoever asks is let in. */
export interface Scram {
  /** What the server says to the client's first message. */
  readonly challenge: string
  /** What it says to the client's last one: proof of the key that the harness gave the client. */
  answer(last: string): string
}

/** Undefined for what is no first message of a mechanism that we know. */
export function scram(mechanism: string, first: string): Scram | undefined {
  const [hash, bytes] = HASHES.get(mechanism) ?? []
  const bare = /^[^,]*,[^,]*,(.*)$/s.exec(first)?.[1]
  const nonce = bare === undefined ? undefined : /(?:^|,)r=([^,]*)/.exec(bare)?.[1]
  if (hash === undefined || bytes === undefined || nonce === undefined) return undefined
  const challenge = `r=${nonce}eventfuzz,s=${Buffer.from(KNOWN_SALT).toString('base64')},i=${ITERATIONS}`
  const mac = (key: Buffer, text: string): Buffer => createHmac(hash, key).update(text).digest()
  return {
    challenge,
    answer(last) {
      const withoutProof = last.replace(/,p=.*$/s, '')
      const signature = mac(mac(knownKey(bytes), 'Server Key'), `${bare},${challenge},${withoutProof}`)
      return `v=${signature.toString('base64')}`
    },
  }
}
