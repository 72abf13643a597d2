import { isJsonObject, type Json, type JsonObject, type NeededAction } from '../model/index.js'
import { type MappedCall, onEach } from './mapped-call.js'
import { partitionOf, textOf } from './services/service.js'

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\//
const DEEPEST = 5
// Here a role is not handed to a service but is what the call is about.
const NOT_PASSED = new Set(['sts', 'iam', 'kms'])
const TAGGING: Readonly<Record<string, string>> = { sqs: 'TagQueue', ssm: 'AddTagsToResource', kinesis: 'AddTagsToStream' }

/**
 * What a request shows that it needs besides its own action, of whatever service: the roles it hands over (iam:PassRole, which is
 * never a call), tags it puts on what it makes, secrets and code it has AWS read for it.
 */
export function impliedActions(call: MappedCall, prefix: string): readonly NeededAction[] {
  return [...passedRoles(call), ...tagging(call, prefix), ...readForIt(call)]
}

function passedRoles({ service, operation, params }: MappedCall): NeededAction[] {
  if (NOT_PASSED.has(service) || /^(Get|List|Describe)/.test(operation)) return []
  const roles = [...new Set(rolesIn(params, DEEPEST))]
  const passed = roles.length === 0 ? [] : onEach('iam:PassRole', roles, 'implied')
  // The task definition names roles of its own, which the request does not show.
  const unseen = service === 'ecs' && /^(Run|Start)Task$|Service$/.test(operation) && operation !== 'DeleteService'
  return unseen ? [...passed, ...onEach('iam:PassRole', [], 'may')] : passed
}

/** Roles under a name that says so: `RoleArn`, `taskRoleArn`, `Role`, `Roles.authenticated`. */
function rolesIn(value: Json, depth: number, named = false): string[] {
  if (typeof value === 'string') return named && ROLE.test(value) ? [value] : []
  if (depth === 0 || value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => rolesIn(item, depth - 1, named))
  return Object.entries(value).flatMap(([key, item]) => rolesIn(item, depth - 1, named || /role(s|arn)?$/i.test(key)))
}

function tagging({ service, operation, params, resources }: MappedCall, prefix: string): NeededAction[] {
  if (service === 's3' || service === 's3express' || !/^(Create|Put|Run|Start|Register|Assume)/.test(operation)) return []
  const tags = params.Tags ?? params.tags
  const some = Array.isArray(tags) ? tags.length > 0 : isJsonObject(tags) && Object.keys(tags).length > 0
  if (!some) return []
  if (service === 'sts') return onEach('sts:TagSession', resources, 'implied')
  const kind = service === 'iam' ? `Tag${operation.replace(/^Create/, '')}` : undefined
  return onEach(`${prefix}:${kind ?? TAGGING[service] ?? 'TagResource'}`, resources, 'implied')
}

function readForIt({ service, params, region }: MappedCall): NeededAction[] {
  const secret = textOf(params.secretArn ?? params.SecretArn)
  if ((service === 'rds-data' || service === 'redshift-data') && secret !== undefined)
    return onEach('secretsmanager:GetSecretValue', [secret], 'implied')
  if (service === 'lambda') return [...codeOf(params, region), ...layersOf(params)]
  return service === 'sts' && textOf(params.SourceIdentity) !== undefined ? onEach('sts:SetSourceIdentity', [], 'implied') : []
}

function codeOf(params: JsonObject, region: string): NeededAction[] {
  const from = isJsonObject(params.Code) ? params.Code : params
  const [bucket, key] = [textOf(from.S3Bucket), textOf(from.S3Key)]
  if (bucket === undefined || key === undefined) return []
  const action = from.S3ObjectVersion === undefined ? 's3:GetObject' : 's3:GetObjectVersion'
  return onEach(action, [`arn:${partitionOf(region)}:s3:::${bucket}/${key}`], 'implied')
}

function layersOf({ Layers }: JsonObject): NeededAction[] {
  const layers = Array.isArray(Layers) ? (Layers as readonly Json[]).filter((layer) => typeof layer === 'string') : []
  return layers.length === 0 ? [] : onEach('lambda:GetLayerVersion', layers, 'implied')
}
