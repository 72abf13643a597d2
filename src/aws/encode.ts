import { randomUUID } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Decoded } from './decode/decoded.js'
import { encodeCbor } from './encode-cbor.js'
import { EVENT_STREAM, encodeEvents } from './encode-event-stream.js'
import { jsonValue } from './encode-json.js'
import { encodeQuery, queryError } from './encode-query.js'
import { encodeRest } from './encode-rest.js'
import { encodeS3 } from './encode-s3.js'
import { membersOf, type Structure } from './models/shapes.js'
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
      return encodeJson(
        decoded,
        answer,
        id,
        /json-1\.1/.test(contentType) ? 'application/x-amz-json-1.1' : 'application/x-amz-json-1.0',
      )
    case 'query':
    case 'ec2':
      return encodeQuery(decoded, answer, id)
    case 'rest-xml':
      return decoded.service.startsWith('s3') ? encodeS3(decoded, answer, method, id) : encodeRestXml(decoded, answer, method, id)
    case 'cbor':
      return encodeCbor(decoded, answer, id)
    case 'rest-json':
      return encodeRestJson(decoded, answer, method, id)
    case 'unknown':
      return encodeJson(decoded, answer, id, 'application/json')
    default:
      decoded.protocol satisfies never
      throw new Error(`No such protocol: ${String(decoded.protocol)}`)
  }
}

function encodeJson(decoded: Decoded, answer: Answer, id: string, type: string): HttpAnswer {
  const headers = { 'content-type': type, 'x-amzn-requestid': id }
  if (answer.kind === 'ok') {
    const stream = streamOf(decoded)
    if (stream !== undefined) {
      const body = encodeEvents(stream.shape, answer.value[stream.name] ?? [], true)
      return { status: 200, headers: { ...headers, 'content-type': EVENT_STREAM }, body }
    }
    const value = decoded.api === undefined ? answer.value : jsonValue(decoded.api.output, answer.value)
    return withChecksum(decoded, { status: 200, headers, body: Buffer.from(JSON.stringify(value)) })
  }
  const body = { __type: answer.code, message: answer.message, ...answer.extra }
  const errorType = answer.code.slice(answer.code.lastIndexOf('#') + 1)
  return withChecksum(decoded, {
    status: answer.status,
    headers: { ...headers, 'x-amzn-errortype': errorType },
    body: Buffer.from(JSON.stringify(body)),
  })
}

/** DynamoDB alone says the checksum of what it answers, and its clients check it. */
function withChecksum({ service }: Decoded, answer: HttpAnswer): HttpAnswer {
  if (service !== 'dynamodb') return answer
  return { ...answer, headers: { ...answer.headers, 'x-amz-crc32': String(crc32(answer.body)) } }
}

function streamOf({ api }: Decoded): { name: string; shape: Structure } | undefined {
  for (const { name, shape } of api === undefined ? [] : membersOf(api.output)) {
    if (shape.kind === 'union' && shape.stream) return { name, shape }
  }
  return undefined
}

function encodeRestJson(decoded: Decoded, answer: Answer, method: string, id: string): HttpAnswer {
  if (answer.kind === 'error' || decoded.api === undefined) return encodeJson(decoded, answer, id, 'application/json')
  const { status, headers, body } = encodeRest(decoded, decoded.api, answer, method)
  return { status, headers: { 'x-amzn-requestid': id, ...headers }, body }
}

function encodeRestXml(decoded: Decoded, answer: Answer, method: string, id: string): HttpAnswer {
  const own = { 'x-amzn-requestid': id }
  if (answer.kind === 'error' || decoded.api === undefined) {
    const error = answer.kind === 'error' ? answer : { kind: 'error' as const, code: 'InvalidAction', message: '', status: 400 }
    return { status: error.status, headers: { ...own, 'content-type': 'text/xml' }, body: Buffer.from(queryError(error, id)) }
  }
  const { status, headers, body } = encodeRest(decoded, decoded.api, answer, method)
  return { status, headers: { ...own, ...headers }, body }
}
