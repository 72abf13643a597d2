import { isJsonObject, type Json, type JsonObject, type ProjectPolicy } from '../../model/index.js'
import { failuresOf } from './destinations.js'
import { POLICY_TEMPLATES } from './policy-templates.js'
import type { Resolver } from './resolver.js'
import { allow, type Granted, splitManaged } from './roles.js'
import type { Resource, Stack } from './stack.js'
import { at, entriesOf, listOf, objectsOf, own, textOf } from './values.js'

const AWS_POLICY = 'arn:aws:iam::aws:policy/'
const EXECUTION_ROLE: Readonly<Record<string, string>> = {
  SQS: 'service-role/AWSLambdaSQSQueueExecutionRole',
  Kinesis: 'service-role/AWSLambdaKinesisExecutionRole',
  DynamoDB: 'service-role/AWSLambdaDynamoDBExecutionRole',
  MSK: 'service-role/AWSLambdaMSKExecutionRole',
}

/** What the role that SAM makes for a function is allowed. */
export function samPolicies(stack: Stack, resource: Resource, resolver: Resolver): Granted {
  const entries = listOf(resolver.value(resource.properties['Policies']))
  const names = entries.flatMap((entry) => textOf(entry) ?? [])
  const { policies, managed } = splitManaged(stack, names, resolver)
  const written = entries.flatMap((entry, i) => (isJsonObject(entry) ? ofEntry(stack, resource, entry, i, resolver) : []))
  // A template of which nothing could be filled in grants something, only nobody knows what.
  const unknown = written.filter(({ document }) => listOf(own(document, 'Statement')).length === 0)
  return {
    policies: [...written.filter((one) => !unknown.includes(one)), ...policies, ...forSettings(resource, resolver)],
    managed: [...standard(resource), ...managed, ...unknown.map(({ name }) => name)],
  }
}

function ofEntry(
  stack: Stack,
  resource: Resource,
  entry: JsonObject,
  index: number,
  resolver: Resolver,
): readonly ProjectPolicy[] {
  const place = stack.place(entry, resource.at)
  if (entry['Statement'] !== undefined) return [{ name: `${resource.id}RolePolicy${index}`, document: entry, at: place }]
  return Object.entries(entry).flatMap(([name, given]) => {
    const document = expand(name, given, resolver)
    return document === undefined ? [] : [{ name, document, at: place }]
  })
}

/** A policy template filled in; undefined with a note when SAM has none of that name. */
function expand(name: string, given: Json, resolver: Resolver): Json | undefined {
  if (!Object.hasOwn(POLICY_TEMPLATES, name)) return resolver.unknown(`SAM has no policy template ${name}`)
  const statements = POLICY_TEMPLATES[name]!.flatMap(([actions, resources, condition]) => {
    const filled = resources.flatMap((resource) => fill(resource, given, name, resolver) ?? [])
    if (filled.length === 0) return []
    const base = { Effect: 'Allow', Action: actions, Resource: filled.length === 1 ? filled[0]! : filled }
    const conditions = condition === undefined ? undefined : fillAll(condition, given, name, resolver)
    return [conditions === undefined ? base : { ...base, Condition: conditions }]
  })
  return { Version: '2012-10-17', Statement: statements }
}

function fill(text: string, given: Json, template: string, resolver: Resolver): string | undefined {
  const missing: string[] = []
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = textOf(own(given, name))
    if (value === undefined) missing.push(name)
    return value ?? ''
  })
  return missing.length === 0 ? filled : resolver.unknown(`${missing.join(', ')} of ${template} is not known`)
}

function fillAll(value: Json, given: Json, template: string, resolver: Resolver): Json | undefined {
  if (typeof value === 'string') return fill(value, given, template, resolver)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const filled = fillAll(inner, given, template, resolver)
      return filled === undefined ? [] : [[key, filled]]
    }),
  )
}

/** Managed policies that SAM attaches by itself. */
function standard({ properties }: Resource): readonly string[] {
  const events = entriesOf(properties['Events']).map(([, event]) => textOf(own(event, 'Type')) ?? '')
  const roles = new Set(events.flatMap((type) => (Object.hasOwn(EXECUTION_ROLE, type) ? EXECUTION_ROLE[type]! : [])))
  const needed = [
    'service-role/AWSLambdaBasicExecutionRole',
    ...(properties['VpcConfig'] === undefined ? [] : ['service-role/AWSLambdaVPCAccessExecutionRole']),
    ...(properties['Tracing'] === 'Active' || properties['Tracing'] === 'PassThrough' ? ['AWSXRayDaemonWriteAccess'] : []),
    ...roles,
  ]
  return needed.map((name) => AWS_POLICY + name)
}

const SEND: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:Publish',
  Lambda: 'lambda:InvokeFunction',
  EventBridge: 'events:PutEvents',
  S3Bucket: 's3:PutObject',
}

/** What dead letter queues and destinations need. */
function forSettings(resource: Resource, resolver: Resolver): readonly ProjectPolicy[] {
  const { properties, at: place } = resource
  const config = at(properties, 'EventInvokeConfig', 'DestinationConfig')
  const destinations = objectsOf(['OnSuccess', 'OnFailure'].flatMap((key) => own(config, key) ?? []))
  const queues = objectsOf(own(properties, 'DeadLetterQueue'))
  return [
    ...queues.map((queue) => ['DeadLetterQueuePolicy', queue['Type'], queue['TargetArn']] as const),
    ...failuresOf(resource).map(({ type, target }) => ['OnFailurePolicy', type, target] as const),
    ...destinations.map((to) => ['EventInvokeConfigPolicy', to['Type'], to['Destination']] as const),
  ].flatMap(([name, type, target]) => {
    const action = SEND[textOf(type) ?? '']
    const arn = resolver.text(target)
    return action === undefined || arn === undefined ? [] : [{ name, document: allow([action], arn), at: place }]
  })
}
