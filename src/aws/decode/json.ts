import { isJsonObject, type Json } from '../../model/index.js'
import { serviceModels } from '../models/model.js'
import type { AwsRequest } from '../request.js'
import { isTooDeep } from './cap.js'
import type { DecodedBody } from './decoded.js'

/** AWS-JSON 1.0 and 1.1: `X-Amz-Target: Prefix.Operation`. */
export function decodeJson(target: string, { body }: AwsRequest): DecodedBody {
  const dot = target.lastIndexOf('.')
  const operation = target.slice(dot + 1)
  const model = serviceModels().find((candidate) => candidate.target === target.slice(0, dot))
  const known = { operation, protocol: 'json' as const, bytes: body, model, api: model?.operation(operation) }
  const { value = {}, problem } = jsonBody(body)
  if (!isJsonObject(value)) return { ...known, params: {}, problem: problem ?? 'The body is not a JSON object' }
  return { ...known, params: value, problem }
}

/** A JSON body, or why it is none. */
export function jsonBody(body: Buffer): { value: Json | undefined; problem: string | null } {
  if (body.length === 0) return { value: undefined, problem: null }
  try {
    const value = JSON.parse(body.toString('utf8')) as Json
    return isTooDeep(value) ? { value: undefined, problem: 'The document is nested too deep' } : { value, problem: null }
  } catch {
    return { value: undefined, problem: 'The body is not JSON' }
  }
}
