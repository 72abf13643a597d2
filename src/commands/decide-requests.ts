import { readPolicy, readUserJson } from '../config/index.js'
import { type AccessDecision, type AccessRequest, evaluateAccess, type PolicyLayers } from '../iam/index.js'
import { ConfigError, isJsonObject, type Json, type JsonObject, type NamedPolicy } from '../model/index.js'

/** A request and what becomes of it. */
export interface DecidedRequest extends AccessDecision {
  readonly request: AccessRequest
}

const LAYERS = ['identity', 'resource', 'boundary', 'session', 'rcps', 'endpoint'] as const
const SOMEBODY = 'arn:aws:iam::123456789012:user/somebody'

/**
 * Decides requests of a file: one object or a list, each `{ action, resource, principal?, resourceAccount?, context?, policies? }`.
 * Policies of the command line are the identity's; `policies` of a request gives further layers, each a document or a list
 * (`scps`: a list of levels). Throws ConfigError for what is none.
 */
export function decideRequests(file: string, policies: readonly string[]): DecidedRequest[] {
  const found = readUserJson(file, 'The request file')
  const identity = policies.map((name) => readPolicy(name))
  return (Array.isArray(found) ? (found as readonly Json[]) : [found]).map((one, i) => {
    const { request, layers } = read(one, `${file}, request ${i + 1}`)
    const own = identity.length === 0 ? layers : { ...layers, identity: [...identity, ...(layers.identity ?? [])] }
    return { request, ...evaluateAccess(request, own) }
  })
}

function read(value: Json, where: string): { request: AccessRequest; layers: PolicyLayers } {
  if (!isJsonObject(value) || typeof value.action !== 'string')
    throw new ConfigError(`${where}: a request is an object with an action such as "s3:GetObject" and a resource`)
  const { action, resource = '*', principal = SOMEBODY, resourceAccount, context = {}, policies = {} } = value
  if (typeof resource !== 'string' || typeof principal !== 'string' || !isJsonObject(context) || !isJsonObject(policies))
    throw new ConfigError(`${where}: resource and principal must be strings, context and policies objects`)
  const account = typeof resourceAccount === 'string' ? { resourceAccount } : {}
  const request = { action, resource, principal, ...account, context: context as NonNullable<AccessRequest['context']> }
  return { request, layers: layersOf(policies) }
}

function layersOf(policies: JsonObject): PolicyLayers {
  const layers = LAYERS.flatMap((name) => (policies[name] === undefined ? [] : [[name, named(name, policies[name])] as const]))
  const { scps } = policies
  const levels = scps === undefined ? {} : { scps: listOf(scps).map((level, i) => named(`scps[${i}]`, level)) }
  return { ...Object.fromEntries(layers), ...levels }
}

const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [value])
const named = (name: string, value: Json): NamedPolicy[] =>
  listOf(value).map((document, i, all) => ({ name: all.length === 1 ? name : `${name}[${i}]`, document }))
