import { randomUUID } from 'node:crypto'
import type { Decoded } from './decode/decoded.js'
import { escapeXml, writeXml } from './decode/xml.js'
import { encodeCborError } from './encode-cbor.js'
import { encodeS3 } from './encode-s3.js'
import type { Answer } from './services/service.js'

/** An answer as it goes over the wire. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Writes an answer in the protocol in which it was asked. */
export function encode(decoded: Decoded, answer: Answer, method: string, contentType: string): HttpAnswer {
  const id = randomUUID()
  switch (decoded.protocol) {
    case 'json':
      return encodeJson(answer, id, /json-1\.1/.test(contentType) ? 'application/x-amz-json-1.1' : 'application/x-amz-json-1.0')
    case 'query':
      return encodeQuery(decoded.operation, answer, id)
    case 'rest-xml':
      return encodeS3(decoded.operation, answer, method, id)
    case 'cbor':
      return encodeCborError(answer, id)
    case 'rest-json':
    case 'unknown':
      return encodeJson(answer, id, 'application/json')
    default:
      decoded.protocol satisfies never
      throw new Error(`No such protocol: ${String(decoded.protocol)}`)
  }
}

function encodeJson(answer: Answer, id: string, type: string): HttpAnswer {
  const headers = { 'content-type': type, 'x-amzn-requestid': id }
  if (answer.kind === 'ok') return { status: 200, headers, body: Buffer.from(JSON.stringify(answer.value)) }
  const body = { __type: answer.code, message: answer.message, ...answer.extra }
  return {
    status: answer.status,
    headers: { ...headers, 'x-amzn-errortype': answer.code.slice(answer.code.lastIndexOf('#') + 1) },
    body: Buffer.from(JSON.stringify(body)),
  }
}

function encodeQuery(operation: string, answer: Answer, id: string): HttpAnswer {
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': id }
  if (answer.kind === 'error') {
    const error = `<Type>Sender</Type><Code>${escapeXml(answer.code)}</Code><Message>${escapeXml(answer.message)}</Message>`
    const body = `<ErrorResponse><Error>${error}</Error><RequestId>${id}</RequestId></ErrorResponse>`
    return { status: answer.status, headers, body: Buffer.from(body) }
  }
  const result = `<${operation}Result>${writeXml(answer.value, () => 'member')}</${operation}Result>`
  const body = `<${operation}Response>${result}<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></${operation}Response>`
  return { status: 200, headers, body: Buffer.from(body) }
}
