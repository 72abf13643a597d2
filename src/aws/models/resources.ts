import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { prefixOf } from '../actions-renamed.js'
import { arn, type Place, partitionOf, textOf } from '../services/service.js'

/** A member that names a resource, and the resource part of its ARN; `fallback` is the name when none is given. */
interface Named {
  /** Members from the top, through lists: `Entries.EventBusName`. */
  readonly path: string
  readonly rest: (name: string, params: JsonObject) => string
  /** Only these operations. */
  readonly of?: RegExp
  readonly fallback?: string
}

const named = (path: string, kind: string, more: Partial<Named> = {}): Named => ({
  path,
  rest: (name) => `${kind}${name}`,
  ...more,
})
const unslashed = (name: string): string => `parameter/${name.replace(/^\//, '')}`
const configuration = (profile: string, { ApplicationIdentifier, EnvironmentIdentifier }: JsonObject): string =>
  `application/${textOf(ApplicationIdentifier) ?? '*'}/environment/${textOf(EnvironmentIdentifier) ?? '*'}/configuration/${profile}`
const bus = (path: string, more: Partial<Named> = {}): Named => named(path, 'event-bus/', more)

const BY_SERVICE: Readonly<Record<string, readonly Named[]>> = {
  lambda: [{ path: 'FunctionName', rest: (name) => `function:${name.replace(/^\d{12}:function:/, '')}` }],
  appconfig: [{ path: 'ConfigurationProfileIdentifier', rest: configuration, of: /^StartConfigurationSession$/ }],
  kms: [{ path: 'KeyId', rest: (name) => (name.startsWith('alias/') ? name : `key/${name}`) }, named('AliasName', '')],
  secretsmanager: [
    named('SecretId', 'secret:'),
    named('SecretIdList', 'secret:'),
    named('Name', 'secret:', { of: /^CreateSecret$/ }),
  ],
  ssm: [
    { path: 'Name', rest: unslashed, of: /Parameter/ },
    { path: 'Names', rest: unslashed, of: /Parameter/ },
    { path: 'Path', rest: unslashed, of: /ParametersByPath$/ },
    named('DocumentName', 'document/'),
  ],
  kinesis: [named('StreamName', 'stream/')],
  firehose: [named('DeliveryStreamName', 'deliverystream/')],
  events: [bus('Entries.EventBusName', { of: /^PutEvents$/, fallback: 'default' }), bus('EventBusName'), named('Rule', 'rule/')],
  logs: [
    named('logGroupName', 'log-group:', { of: /^(?!PutLogEvents$|GetLogEvents$|DeleteLogStream$)/ }),
    named('logGroupNames', 'log-group:'),
    {
      path: 'logStreamName',
      rest: (name, { logGroupName }) => `log-group:${textOf(logGroupName) ?? '*'}:log-stream:${name}`,
      of: /^(?:PutLogEvents|GetLogEvents|DeleteLogStream)$/,
    },
  ],
  states: [],
  'cognito-idp': [named('UserPoolId', 'userpool/')],
  'cognito-identity': [named('IdentityPoolId', 'identitypool/')],
  scheduler: [
    { path: 'Name', rest: (name, { GroupName }) => `schedule/${textOf(GroupName) ?? 'default'}/${name}`, of: /Schedule$/ },
  ],
  iotdata: [named('topic', 'topic/'), named('thingName', 'thing/')],
  ecs: [named('cluster', 'cluster/'), named('taskDefinition', 'task-definition/')],
  ecr: [named('repositoryName', 'repository/')],
  monitoring: [named('AlarmName', 'alarm:'), named('AlarmNames', 'alarm:')],
  codebuild: [named('projectName', 'project/')],
  batch: [named('jobQueue', 'job-queue/'), named('jobDefinition', 'job-definition/')],
  glue: [named('JobName', 'job/'), named('CrawlerName', 'crawler/'), named('DatabaseName', 'database/')],
  rekognition: [named('CollectionId', 'collection/')],
  ec2: [named('InstanceIds', 'instance/'), named('InstanceId', 'instance/')],
  autoscaling: [],
  // The end of its ARN is made when the stack is.
  cloudformation: [{ path: 'StackName', rest: (name) => `stack/${name}/*` }],
}
// IAM's names have no region, a model of Bedrock no account.
const GLOBAL: Readonly<Record<string, readonly Named[]>> = {
  iam: [named('RoleName', 'role/'), named('UserName', 'user/'), named('GroupName', 'group/')],
}
const ARN = /^arn:aws[a-z-]*:[a-z0-9-]+:/
const MOST = 200
const LONGEST = 2048

/** ARNs of what the parameters name, where no service of ours knows better: by a table of names, and every ARN that is given. */
export function resourcesOf(service: string, operation: string, params: JsonObject, place: Place): readonly string[] {
  const local = Object.hasOwn(BY_SERVICE, service) ? BY_SERVICE[service]! : []
  const world = Object.hasOwn(GLOBAL, service) ? GLOBAL[service]! : []
  const given = [...arnsIn(params), ...arnsAt(local, operation, params)]
  const found = [
    ...namesIn(local, operation, params).map((rest) => arn(prefixOf(service), place, rest)),
    ...namesIn(world, operation, params).map((rest) => `arn:${partitionOf(place.region)}:${service}::${place.account}:${rest}`),
    ...models(service, params, place),
  ]
  const all = [...new Set([...given, ...found])].slice(0, MOST)
  return service === 'lambda' && operation.startsWith('Invoke') ? all.map((one) => qualified(one, params)) : all
}

/** ARNs in place of names, where they do not stand at the top. */
const arnsAt = (table: readonly Named[], operation: string, params: JsonObject): string[] =>
  table
    .filter(({ path, of }) => path.includes('.') && (of?.test(operation) ?? true))
    .flatMap(({ path }) => at(params, path.split('.')).filter((name) => ARN.test(name)))

/** A version or alias of a function is a resource of its own. */
const qualified = (one: string, { Qualifier }: JsonObject): string =>
  textOf(Qualifier) !== undefined && /:function:[^:]+$/.test(one) ? `${one}:${Qualifier as string}` : one

function namesIn(table: readonly Named[], operation: string, params: JsonObject): string[] {
  return table.flatMap(({ path, rest, of, fallback }) => {
    if (of !== undefined && !of.test(operation)) return []
    const names = at(params, path.split('.'), fallback).filter((name) => !ARN.test(name))
    return names.map((name) => rest(name, params))
  })
}

/** Texts at a path; lists are gone through, and a missing member of a list's item is the fallback. */
function at(value: Json | undefined, path: readonly string[], fallback?: string): string[] {
  if (Array.isArray(value)) return value.slice(0, MOST).flatMap((item: Json) => at(item, path, fallback))
  const [name, ...rest] = path
  if (name === undefined) {
    const text = value === undefined ? fallback : value
    return typeof text === 'string' && text !== '' && text.length <= LONGEST ? [text] : []
  }
  if (!isJsonObject(value)) return []
  return at(Object.hasOwn(value, name) ? value[name] : undefined, rest, fallback)
}

function models(service: string, { modelId }: JsonObject, { region }: Place): string[] {
  if (service !== 'bedrock' || typeof modelId !== 'string' || ARN.test(modelId)) return []
  return [`arn:${partitionOf(region)}:bedrock:${region}::foundation-model/${modelId}`]
}

/** Parameters that are ARNs, or lists of them, at the top. */
function arnsIn(params: JsonObject): string[] {
  const texts = Object.values(params)
    .slice(0, MOST)
    .flatMap((value) => (Array.isArray(value) ? (value as Json[]).slice(0, MOST) : [value]))
  return texts.filter((text) => typeof text === 'string' && text.length <= LONGEST && ARN.test(text)) as string[]
}
