import crypto, { createHash } from 'node:crypto'
import { withIntrinsics } from '../intrinsics.js'
import { type Presigned, policyRequest, presignedV2, presignedV4 } from '../presigned.js'
import { tellSigned } from '../tell-signed.js'

type Update = (this: object, data: unknown, ...rest: unknown[]) => unknown
type Digest = (this: object, encoding?: BufferEncoding) => unknown
interface Hashing {
  update: Update
  digest: Digest
}

const realUpdate = (crypto.Hash.prototype as unknown as Hashing).update
const LONGEST = 64 * 1024
const KEPT = 16
const STRING_TO_SIGN = /^AWS4-HMAC-SHA256\n[^\n]+\n[^\n]+\n([0-9a-f]{64})$/

/** Canonical requests of presigned URLs by their hash, until they are signed. */
const canonical = new Map<string, Presigned>()
const signing = new WeakMap<object, Presigned>()

/**
 * A presigned URL or a token is made without a request: what is seen of it is the signature. All signers hash the text of the
 * request and then sign that hash, with node's own crypto, bundled or not; both texts say what they are.
 */
export function probeSigning(): void {
  const hash = crypto.Hash.prototype as unknown as Hashing
  const hmac = crypto.Hmac.prototype as unknown as Hashing
  patchUpdate(hash, noteCanonical)
  patchUpdate(hmac, noteSigned)
  const { digest } = hmac
  hmac.digest = function (encoding) {
    const request = signing.get(this)
    const signature = Reflect.apply(digest, this, [encoding])
    if (request !== undefined) withIntrinsics(() => tellSigned(request, hexOf(signature, encoding)))
    return signature
  }
}

function patchUpdate(owner: Hashing, note: (self: object, text: string) => void): void {
  const { update } = owner
  owner.update = function (data, ...rest) {
    const text = textOf(data)
    if (text !== undefined) withIntrinsics(() => note(this, text))
    return Reflect.apply(update, this, [data, ...rest])
  }
}

/** Short data that begins with a capital or as base64 of JSON does: the rest is no text that is signed. */
function textOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data.length <= LONGEST && isStart(data.charCodeAt(0)) ? data : undefined
  if (!(data instanceof Uint8Array) || data.length > LONGEST || !isStart(data[0])) return undefined
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8')
}

const isStart = (code: number | undefined): boolean => code !== undefined && ((code >= 65 && code <= 90) || code === 101)

function noteCanonical(_hash: object, text: string): void {
  const request = presignedV4(text)
  if (request === undefined) return
  if (canonical.size >= KEPT) canonical.delete([...canonical.keys()][0]!)
  const hash = createHash('sha256')
  Reflect.apply(realUpdate, hash, [text]) // The patched one would come here again.
  canonical.set(hash.digest('hex'), request)
}

function noteSigned(hmac: object, text: string): void {
  const hash = STRING_TO_SIGN.exec(text)?.[1]
  const request = hash === undefined ? (presignedV2(text) ?? policyRequest(text)) : canonical.get(hash)
  if (request !== undefined) signing.set(hmac, request)
}

function hexOf(signature: unknown, encoding: BufferEncoding | undefined): string {
  const bytes = typeof signature === 'string' ? Buffer.from(signature, encoding) : Buffer.from(signature as Uint8Array)
  return bytes.toString('hex')
}
