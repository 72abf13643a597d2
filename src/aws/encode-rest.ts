import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import type { Decoded } from './decode/decoded.js'
import { escapeXml } from './decode/xml.js'
import type { HttpAnswer } from './encode.js'
import { EVENT_STREAM, encodeEvents } from './encode-event-stream.js'
import { jsonValue } from './encode-json.js'
import { bytesOf, headerText, payloadOf, timeIn } from './encode-values.js'
import { xmlContent } from './encode-xml.js'
import type { Operation } from './models/model.js'
import { type Member, membersOf, type Shape } from './models/shapes.js'
import type { Answer } from './services/service.js'

/** What writes a document: JSON or XML. */
interface Documents {
  readonly type: string
  write(shape: Shape, value: Json, root: string): string
}

const JSON_DOCUMENTS: Documents = {
  type: 'application/json',
  write: (shape, value) => JSON.stringify(jsonValue(shape, value)),
}

const xmlDocuments = (namespace: string): Documents => ({
  type: 'application/xml',
  write: (shape, value, root) => {
    const space = namespace === '' ? '' : ` xmlns="${escapeXml(namespace)}"`
    return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${space}>${xmlContent(shape, value)}</${root}>`
  },
})

type OkAnswer = Extract<Answer, { kind: 'ok' }>

/** The answer of a REST API that went well: status, headers and body, each member where its trait says. */
export function encodeRest(decoded: Decoded, api: Operation, answer: OkAnswer, method: string): HttpAnswer {
  const { value } = answer
  const members = membersOf(api.output)
  const documents = decoded.protocol === 'rest-xml' ? xmlDocuments(decoded.model?.namespace ?? '') : JSON_DOCUMENTS
  const { type, body } = bodyOf(api, members, answer, documents)
  const code = members.find(({ traits }) => traits.code === 1)
  const said = code === undefined ? undefined : value[code.name]
  return {
    status: typeof said === 'number' && said >= 200 && said <= 599 ? said : (api.http?.status ?? 200),
    headers: { ...(type === undefined ? {} : { 'content-type': type }), ...headersOf(members, value) },
    body: method === 'HEAD' ? Buffer.alloc(0) : body,
  }
}

const isBound = ({ traits }: Member): boolean => traits.header !== undefined || traits.prefix !== undefined || traits.code === 1

function bodyOf(
  api: Operation,
  members: readonly Member[],
  answer: OkAnswer,
  documents: Documents,
): { type?: string; body: Buffer } {
  const payload = members.find(({ traits, shape }) => traits.payload === 1 || (shape.kind === 'union' && shape.stream))
  if (payload !== undefined) return payloadBody(payload, answer, documents)
  const bound = new Set(members.filter(isBound).map(({ name }) => name))
  const rest = Object.fromEntries(Object.entries(answer.value).filter(([name]) => !bound.has(name)))
  const isEmpty = members.every(isBound) && Object.keys(rest).length === 0
  if (isEmpty) return { body: Buffer.alloc(0) }
  const root = api.output.kind === 'structure' ? (api.output.xml ?? api.output.name) : `${api.name}Response`
  return { type: documents.type, body: Buffer.from(documents.write(api.output, rest, root)) }
}

function payloadBody(
  { name, shape, traits }: Member,
  { value, bytes }: OkAnswer,
  documents: Documents,
): { type?: string; body: Buffer } {
  const given = value[name]
  if (bytes !== undefined) return { body: bytes }
  if (given === undefined || given === null) return { body: Buffer.alloc(0) }
  if (shape.kind === 'union' && shape.stream) return { type: EVENT_STREAM, body: encodeEvents(shape, given, false) }
  if (shape.kind === 'blob' || shape.kind === 'string') return { type: 'application/octet-stream', body: payloadOf(given) }
  const root = traits.xml ?? (shape.kind === 'structure' ? (shape.xml ?? shape.name) : name)
  return { type: documents.type, body: Buffer.from(documents.write(shape, given, root)) }
}

function headersOf(members: readonly Member[], value: JsonObject): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const { name, shape, traits } of members) {
    const given = value[name]
    if (given === undefined || given === null) continue
    if (traits.header !== undefined) headers[traits.header.toLowerCase()] = headerText(headerValue(shape, given, traits))
    if (traits.prefix === undefined || !isJsonObject(given)) continue
    for (const [key, child] of Object.entries(given)) {
      if (/^[a-z0-9!#$%&'*+.^_`|~-]{1,256}$/i.test(key)) headers[`${traits.prefix}${key}`.toLowerCase()] = headerText(child)
    }
  }
  return headers
}

function headerValue(shape: Shape, value: Json, { time, media }: Member['traits']): Json {
  if (shape.kind === 'timestamp') return timeIn(time ?? 'http-date', value)
  if (shape.kind === 'blob' || media === 'application/json') return bytesOf(value).toString('base64')
  return Array.isArray(value) ? value.map(String).join(', ') : value
}
