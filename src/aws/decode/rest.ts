import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { modelsOf, type Operation } from '../models/model.js'
import { type Member, membersOf, own } from '../models/shapes.js'
import type { AwsRequest } from '../request.js'
import { capText } from './cap.js'
import type { DecodedBody } from './decoded.js'
import { eventsOf } from './event-stream.js'
import { fromXml } from './from-xml.js'
import { jsonBody } from './json.js'
import { findRoute } from './rest-route.js'
import { blobText, fromJson, typedText } from './typed.js'
import { parseXml } from './xml.js'

/** REST-JSON and REST-XML by model: the route gives the operation; path, query, headers and body the parameters. */
export function decodeRest(service: string, request: AwsRequest): DecodedBody | undefined {
  for (const model of modelsOf(service)) {
    const { protocol } = model
    if (protocol !== 'rest-json' && protocol !== 'rest-xml') continue
    const route = findRoute(model, request)
    if (route === undefined) continue
    const { api, labels } = route
    const body = bodyParams(api, protocol, request.body)
    const params = { ...body.params, ...boundParams(api, request, labels) }
    return { operation: api.name, protocol, model, api, params, bytes: request.body, problem: body.problem }
  }
  return undefined
}

/** Parameters that stand in path, query and headers. */
export function boundParams(api: Operation, { query, headers }: AwsRequest, labels: ReadonlyMap<string, string>): JsonObject {
  const params: Record<string, Json> = {}
  const bound = new Set([...(api.http?.uri.split('?')[1] ?? '').split('&').map((pair) => pair.split('=')[0]!)])
  const members = membersOf(api.input)
  for (const { traits } of members) if (traits.query !== undefined) bound.add(traits.query)
  for (const member of members) {
    const value = boundValue(member, query, headers, labels, bound)
    if (value !== undefined) own(params, member.name, value)
  }
  return params
}

function boundValue(
  { name, shape, traits }: Member,
  query: URLSearchParams,
  headers: AwsRequest['headers'],
  labels: ReadonlyMap<string, string>,
  bound: ReadonlySet<string>,
): Json | undefined {
  if (traits.label === 1) return labels.has(name) ? typedText(shape, labels.get(name)!) : undefined
  if (traits.query !== undefined) {
    const texts = query.getAll(traits.query)
    if (texts.length === 0) return undefined
    return shape.kind === 'list' ? texts.map((text) => typedText(shape.item.shape, text)) : typedText(shape, texts[0]!)
  }
  if (traits.queries === 1) return fromQueries(query, bound)
  if (traits.prefix !== undefined) return fromPrefix(headers, traits.prefix.toLowerCase())
  if (traits.header === undefined) return undefined
  const text = headers[traits.header.toLowerCase()]
  if (text === undefined) return undefined
  if (traits.media === 'application/json') return blobText(Buffer.from(text, 'base64'))
  return shape.kind === 'list' ? text.split(',').map((part) => typedText(shape.item.shape, part.trim())) : typedText(shape, text)
}

function fromQueries(query: URLSearchParams, bound: ReadonlySet<string>): Json | undefined {
  const free = [...query].filter(([name]) => !bound.has(name) && !name.startsWith('X-Amz-'))
  return free.length === 0 ? undefined : Object.fromEntries(free)
}

function fromPrefix(headers: AwsRequest['headers'], prefix: string): Json | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix))
  return found.length === 0 ? undefined : Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]))
}

/** Parameters that stand in the body: one member that is the whole of it, or all that are bound to nothing else. */
export function bodyParams(
  api: Operation,
  protocol: 'rest-json' | 'rest-xml',
  body: Buffer,
): { params: JsonObject; problem: string | null } {
  const payload = membersOf(api.input).find(({ traits }) => traits.payload === 1) ?? streamOf(api)
  if (payload !== undefined && body.length > 0) {
    const { shape } = payload
    if (shape.kind === 'blob' || shape.kind === 'string')
      return { params: { [payload.name]: capText(blobText(body)) }, problem: null }
    if (shape.kind === 'union' && shape.stream) return { params: { [payload.name]: eventsOf(shape, body) }, problem: null }
  }
  const shape = payload?.shape ?? api.input
  const { value, problem } = protocol === 'rest-json' ? jsonBody(body) : xmlBody(body)
  if (problem !== null || value === undefined) return { params: {}, problem }
  const read = protocol === 'rest-json' ? fromJson(shape, value) : fromXml(shape, value)
  if (payload !== undefined) return { params: { [payload.name]: read }, problem: null }
  return isJsonObject(read) ? { params: read, problem: null } : { params: {}, problem: 'The body is not an object' }
}

const streamOf = ({ input }: Operation): Member | undefined =>
  membersOf(input).find(({ shape }) => shape.kind === 'union' && shape.stream)

function xmlBody(body: Buffer): { value: Json | undefined; problem: string | null } {
  if (body.length === 0) return { value: undefined, problem: null }
  const document = parseXml(body.toString('utf8'))
  return document === undefined
    ? { value: undefined, problem: 'The XML you provided was not well-formed' }
    : { value: document.value, problem: null }
}
