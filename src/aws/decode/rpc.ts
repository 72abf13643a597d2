import { isJsonObject } from '../../model/index.js'
import { modelsOf, serviceModels } from '../models/model.js'
import type { AwsRequest } from '../request.js'
import { readCbor } from './cbor.js'
import type { DecodedBody } from './decoded.js'

/** Smithy RPC v2 CBOR: `/service/{service}/operation/{operation}`. Undefined for any other path. */
export function decodeRpc(service: string, { path, body }: AwsRequest): DecodedBody | undefined {
  const [, target, operation] = /^(?:\/[^/]+)?\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path) ?? []
  if (target === undefined || operation === undefined) return undefined
  const model = serviceModels().find((candidate) => candidate.target === target) ?? modelsOf(service)[0]
  const known = { operation, protocol: 'cbor' as const, bytes: body, model, api: model?.operation(operation) }
  const read = body.length === 0 ? { value: {} } : readCbor(body)
  if (read === undefined) return { ...known, params: {}, problem: 'The body is not CBOR' }
  if (!isJsonObject(read.value)) return { ...known, params: {}, problem: 'The body is not a CBOR map' }
  return { ...known, params: read.value, problem: null }
}
