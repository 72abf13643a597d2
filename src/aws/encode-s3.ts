import type { JsonObject } from '../model/index.js'
import type { Decoded } from './decode/decoded.js'
import { escapeXml } from './decode/xml.js'
import type { HttpAnswer } from './encode.js'
import { encodeRest } from './encode-rest.js'
import type { Answer } from './services/service.js'

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** An S3 answer: by the model, but for its own errors, ranges and the one document without an element of its own. */
export function encodeS3(decoded: Decoded, answer: Answer, method: string, id: string): HttpAnswer {
  const common = { 'x-amz-request-id': id, 'x-amz-id-2': id }
  if (answer.kind === 'error' || decoded.api === undefined) return errorAnswer(answer, method, common)
  if (decoded.operation === 'GetBucketLocation') return locationAnswer(answer.value, common)
  const { status, headers, body } = encodeRest(decoded, decoded.api, answer, method)
  const partial = answer.value.ContentRange !== undefined && status === 200
  const length = answer.bytes?.length ?? body.length
  return {
    status: partial ? 206 : status,
    headers: {
      ...common,
      ...headers,
      ...(method === 'HEAD' && answer.bytes === undefined ? {} : { 'content-length': String(length) }),
    },
    body,
  }
}

function locationAnswer({ LocationConstraint = '' }: JsonObject, common: Record<string, string>): HttpAnswer {
  const text = escapeXml(String(LocationConstraint))
  const body = `${XML}<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${text}</LocationConstraint>`
  return { status: 200, headers: { ...common, 'content-type': 'application/xml' }, body: Buffer.from(body) }
}

function errorAnswer(answer: Answer, method: string, common: Record<string, string>): HttpAnswer {
  const { code, message, status, extra } =
    answer.kind === 'error' ? answer : { code: 'NotImplemented', message: 'This operation is not known', status: 501, extra: {} }
  const more = Object.entries(extra ?? {}).map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
  const body = `${XML}<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>${more.join('')}</Error>`
  return {
    status,
    headers: { ...common, 'content-type': 'application/xml' },
    body: method === 'HEAD' ? Buffer.alloc(0) : Buffer.from(body),
  }
}
