import type { JsonObject } from '../../model/index.js'
import { ACCOUNT, arn, REGION } from './account.js'
import { RESOURCE_TYPES, type ResourceType } from './resource-types.js'
import type { Resource, Stack } from './stack.js'
import { at, isTrue, textOf } from './values.js'

/** What `Ref` and `Fn::GetAtt` give for one resource. */
export interface Names {
  readonly ref: string
  readonly attributes: JsonObject
}

/** Longer is no name: texts that name each other would grow without end. */
const LONGEST = 2_048

/** The name that a template gives a resource, else its logical id. */
export function nameOf(stack: Stack, resource: Resource): string {
  const known = stack.names.get(resource.id)
  if (known !== undefined) return known
  stack.names.set(resource.id, stack.standardName(resource.id)) // For a name that is made of itself.
  const given = givenName(stack, resource)
  const name = given === undefined || given.length > LONGEST ? standardName(stack, resource) : given
  stack.names.set(resource.id, name)
  return name
}

function givenName(stack: Stack, resource: Resource): string | undefined {
  const path = typeOf(resource.type)?.name ?? guessedProperty(resource)
  return path === undefined ? undefined : textOf(stack.resolve(at(resource.properties, ...path.split('.'))))
}

/** `AWS::Glue::Crawler` has CrawlerName or Name. */
function guessedProperty({ type, properties }: Resource): string | undefined {
  const last = `${type.split('::').at(-1)}Name`
  return Object.hasOwn(properties, last) ? last : Object.hasOwn(properties, 'Name') ? 'Name' : undefined
}

function standardName(stack: Stack, { id, type, properties }: Resource): string {
  const name = stack.standardName(id)
  if (type === 'AWS::S3::Bucket') return name.toLowerCase()
  const isFifo = /^AWS::(?:SQS::Queue|SNS::Topic)$/.test(type) && isTrue(stack.resolve(properties[`Fifo${type.split('::')[2]}`]))
  return isFifo ? `${name}.fifo` : name
}

export function attributesOf(stack: Stack, resource: Resource, name: string): Names {
  const { id, type } = resource
  if (type === 'AWS::Lambda::Alias' || type === 'AWS::Lambda::Version') return ofFunction(stack, resource)
  const known = typeOf(type)
  const fill = (text: string): string => text.replaceAll('{}', name).replaceAll('{id}', id)
  const own = known?.arn === undefined ? guessedArn(type, name) : arn(known.arn[0], fill(known.arn[1]))
  const complete = (text: string): string =>
    fill(text).replaceAll('{arn}', own).replaceAll('{region}', REGION).replaceAll('{account}', ACCOUNT)
  const attributes = Object.entries(known?.attributes ?? {}).map(([key, text]) => [key, complete(text)] as const)
  return { ref: complete(known?.ref ?? '{}'), attributes: Object.fromEntries([['Arn', own], ...attributes]) }
}

/** An alias or a version is its function, called by another name. */
function ofFunction(stack: Stack, { properties, type }: Resource): Names {
  const target = textOf(stack.resolve(properties['FunctionName'])) ?? 'unknown'
  const base = target.startsWith('arn:') ? target : arn('lambda', `function:${target}`)
  const qualifier = type.endsWith('Version') ? '1' : (textOf(stack.resolve(properties['Name'])) ?? 'live')
  const ref = `${base}:${qualifier}`
  return { ref, attributes: { Arn: ref, AliasArn: ref, FunctionArn: ref, Version: '1' } }
}

const guessedArn = (type: string, name: string): string => {
  const [, service = 'unknown', kind = 'resource'] = type.split('::')
  return arn(service.toLowerCase(), `${kind.toLowerCase()}/${name}`)
}

const typeOf = (type: string): ResourceType | undefined =>
  Object.hasOwn(RESOURCE_TYPES, type) ? RESOURCE_TYPES[type] : undefined
