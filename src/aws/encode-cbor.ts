import type { HttpAnswer } from './encode.js'
import type { Answer } from './services/service.js'

/** Smithy RPC v2 CBOR: only errors, since every service that would answer in CBOR is denied. */
export function encodeCborError(answer: Answer, id: string): HttpAnswer {
  const { code, message, status } = answer.kind === 'error' ? answer : { code: '', message: '', status: 200 }
  const fields = answer.kind === 'error' ? [text('__type'), text(code), text('message'), text(message)] : []
  const map = Buffer.concat([Buffer.from([0xa0 | (fields.length / 2)]), ...fields])
  const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': id }
  return { status, headers, body: map }
}

/** A CBOR text string, its length in two octets. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value).subarray(0, 0xffff)
  return Buffer.concat([Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]), bytes])
}
