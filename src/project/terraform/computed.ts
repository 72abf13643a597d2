import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { blocksOf, list } from './config.js'
import { isSymbolic, type Value } from './evaluate.js'
import type { Instance } from './instance.js'
import { jsonOf } from './json-text.js'
import { resourceTypeOf } from './resource-types.js'

const ACCOUNT = '000000000000'
const REGION = 'us-east-1'

/** An attribute that no block gives: an ARN, an id, what a data source finds. */
export function computed(instance: Instance, name: string): Value | undefined {
  const { type, origin } = instance
  if ((origin.block.kind === 'data' || type === 'archive_file') && Object.hasOwn(DATA, type)) return DATA[type]!(instance, name)
  if (Object.hasOwn(RANDOM, type) && RANDOM_ATTRIBUTES.has(name)) return `${textOf(instance.written('prefix'))}${RANDOM[type]}`
  if (name === 'invoke_arn') return invocation(instance)
  if (name === 'execution_arn') return { 'Fn::Join': ['', [`arn:aws:execute-api:${REGION}:${ACCOUNT}:`, { Ref: instance.id }]] }
  const attribute = attributeIn(type, name)
  if (attribute === undefined || (origin.block.kind === 'data' && !isNamed(instance))) return undefined
  return attribute === 'Ref' ? { Ref: instance.id } : { 'Fn::GetAtt': [instance.id, attribute] }
}

const textOf = (value: Json): string => (typeof value === 'string' ? value : '')

function attributeIn(type: string, name: string): string | undefined {
  const attributes = resourceTypeOf(type)?.attributes
  return attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined
}

/** A data source that looks something up by a name that we know means just that. */
export const isNamed = (instance: Instance): boolean =>
  ['name', 'bucket', 'function_name', 'name_regex', 'arn'].some((key) => typeof instance.written(key) === 'string')

const invocation = (instance: Instance): Json => ({
  'Fn::Join': [
    '',
    [
      `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/`,
      { 'Fn::GetAtt': [instance.id, instance.type === 'aws_lambda_alias' ? 'AliasArn' : 'Arn'] },
      '/invocations',
    ],
  ],
})

type Data = (instance: Instance, name: string) => Value | undefined

const fixed =
  (values: Readonly<Record<string, string>>): Data =>
  (_, name) =>
    Object.hasOwn(values, name) ? values[name] : undefined

/** What nobody knows before deployment, and where any value will do. */
const RANDOM: Readonly<Record<string, string>> = {
  random_id: 'a1b2c3d4',
  random_string: 'a1b2c3d4',
  random_pet: 'a1b2c3d4',
  random_integer: '1234',
  random_uuid: '00000000-0000-4000-8000-000000000000',
}
const RANDOM_ATTRIBUTES = new Set(['id', 'result', 'hex', 'dec', 'b64_url', 'b64_std'])

const DATA: Readonly<Record<string, Data>> = {
  aws_caller_identity: fixed({ account_id: ACCOUNT, id: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` }),
  aws_region: fixed({ name: REGION, id: REGION, region: REGION }),
  aws_partition: fixed({ partition: 'aws', id: 'aws', dns_suffix: 'amazonaws.com' }),
  aws_iam_policy_document: (instance, name) => (name === 'json' ? { 'Fn::ToJsonString': policyDocument(instance) } : undefined),
  template_file: (instance, name) => (name === 'rendered' ? instance.rendered() : undefined),
  aws_iam_policy: (instance, name) => {
    const known = instance.written('name')
    return (name === 'arn' || name === 'id') && typeof known === 'string' ? `arn:aws:iam::aws:policy/${known}` : undefined
  },
  archive_file: (instance, name) =>
    name === 'output_path' ? { 'Fn::Archive': instance.address } : name.startsWith('output_') ? '' : undefined,
}

/** The document that `aws_iam_policy_document` writes. */
function policyDocument(instance: Instance): JsonObject {
  const others = [
    ...list(instance.written('source_policy_documents')),
    ...list(instance.written('override_policy_documents')),
    ...list(instance.written('source_json')),
    ...list(instance.written('override_json')),
  ]
  const inherited = others.flatMap((each) => {
    const document = jsonOf(each)
    return isJsonObject(document) ? list(document['Statement']) : [each]
  })
  return { Version: '2012-10-17', Statement: [...inherited, ...instance.blocks('statement').map(statementOf)] }
}

const LISTS: Readonly<Record<string, string>> = {
  actions: 'Action',
  not_actions: 'NotAction',
  resources: 'Resource',
  not_resources: 'NotResource',
}

export function statementOf(block: JsonObject): JsonObject {
  const statement: [string, Json][] = [['Effect', block['effect'] ?? 'Allow']]
  if (typeof block['sid'] === 'string' && block['sid'] !== '') statement.push(['Sid', block['sid']])
  for (const [name, key] of Object.entries(LISTS))
    if (block[name] !== undefined && block[name] !== null) statement.push([key, block[name]])
  const principals = principalsOf(block['principals'])
  if (principals !== undefined) statement.push(['Principal', principals])
  const conditions = conditionsOf(block['condition'])
  if (conditions !== undefined) statement.push(['Condition', conditions])
  return Object.fromEntries(statement)
}

function principalsOf(value: Json | undefined): Json | undefined {
  const blocks = blocksOf(value).filter((each) => !isSymbolic(each))
  if (blocks.length === 0) return undefined
  if (blocks.some(({ type }) => type === '*')) return '*'
  return Object.fromEntries(blocks.map(({ type, identifiers }) => [String(type), identifiers ?? []]))
}

function conditionsOf(value: Json | undefined): JsonObject | undefined {
  const tests = new Map<string, [string, Json][]>()
  for (const { test, variable, values } of blocksOf(value)) {
    if (typeof test !== 'string' || typeof variable !== 'string') continue
    tests.set(test, [...(tests.get(test) ?? []), [variable, values ?? []]])
  }
  if (tests.size === 0) return undefined
  return Object.fromEntries([...tests].map(([test, variables]) => [test, Object.fromEntries(variables)]))
}
