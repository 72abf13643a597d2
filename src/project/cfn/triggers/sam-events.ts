import { type FileLine, isJsonObject, type Json, type JsonObject } from '../../../model/index.js'
import { nameInArn } from '../account.js'
import type { Edge } from '../edges.js'
import { expandLoops } from '../for-each.js'
import type { Resource, Stack } from '../stack.js'
import { entriesOf, isTrue, objectOf, own, textOf, textsOf, at as valueAt } from '../values.js'
import { s3Edge } from './bucket.js'
import { mappingEdge } from './event-source.js'
import { urlEdge } from './function-url.js'
import { ruleEdge, scheduleEdge, scheduleEvent } from './rule.js'
import { apiEvent } from './sam-api.js'
import { snsTrigger } from './topic.js'
import { poolEdge } from './user-pool.js'

/** One entry of a function's Events. */
interface SamEvent {
  readonly stack: Stack
  /** `id:Function`. */
  readonly to: string
  /** Function and event, as SAM names what it makes of them. */
  readonly name: string
  readonly properties: JsonObject
  readonly at: FileLine
}

type EventReader = (event: SamEvent) => Edge

const poller =
  (kind: string, source: string): EventReader =>
  ({ stack, to, properties, at }) =>
    mappingEdge(stack, { to, source: properties[source], properties, at, kind })

const plain =
  (kind: string, resource?: string): EventReader =>
  ({ stack, to, properties, at }) => {
    const notes: string[] = []
    const name = resource === undefined ? undefined : stack.resolver(notes).text(properties[resource])
    return { to, kind, trigger: name === undefined ? {} : { resource: nameInArn(name) }, at, notes }
  }

const EVENTS: Readonly<Record<string, EventReader>> = {
  Api: ({ stack, to, properties, at }) => apiEvent(stack, to, properties, at, false),
  HttpApi: ({ stack, to, properties, at }) => apiEvent(stack, to, properties, at, true),
  SQS: poller('sqs', 'Queue'),
  Kinesis: poller('kinesis', 'Stream'),
  DynamoDB: poller('dynamodb-stream', 'Stream'),
  MSK: poller('kafka', 'Stream'),
  SelfManagedKafka: poller('kafka', 'EventSourceArn'),
  MQ: poller('mq', 'Broker'),
  DocumentDB: poller('documentdb', 'Cluster'),
  S3: s3Event,
  SNS: snsEvent,
  EventBridgeRule: ruleEvent,
  CloudWatchEvent: ruleEvent,
  Schedule: scheduleRule,
  ScheduleV2: scheduleV2,
  CloudWatchLogs: plain('cloudwatch-logs', 'LogGroupName'),
  IoTRule: plain('iot'),
  AlexaSkill: plain('alexa'),
  Cognito: ({ stack, to, properties, at }) =>
    poolEdge(to, textsOf(stack.resolve(properties['Trigger'])), stack.resolver([]).text(properties['UserPool']), at),
}

/** Events and FunctionUrlConfig of AWS::Serverless::Function. */
export function* samEvents(stack: Stack, { id, properties, at }: Resource): Generator<Edge> {
  const to = `id:${stack.prefix}${id}`
  for (const [key, written] of entriesOf(expandLoops(stack, properties['Events']))) {
    const event = own(written, 'Type') === undefined ? stack.resolve(written) : written
    const type = textOf(own(event, 'Type'))
    if (type === undefined) continue
    const read = Object.hasOwn(EVENTS, type) ? EVENTS[type]! : plain(type.toLowerCase())
    yield read({ stack, to, name: id + key, properties: objectOf(own(event, 'Properties')), at: stack.place(written, at) })
  }
  const url = properties['FunctionUrlConfig']
  if (isJsonObject(url)) yield urlEdge(stack, to, url, stack.place(url, at))
  for (const hook of Object.values(objectOf(valueAt(properties, 'DeploymentPreference', 'Hooks')))) {
    yield { to: textOf(stack.resolve(hook)), kind: 'codedeploy', trigger: {}, at }
  }
}

function s3Event({ stack, to, properties, at }: SamEvent): Edge {
  const notes: string[] = []
  const resolver = stack.resolver(notes)
  const bucket = resolver.text(properties['Bucket'])
  return s3Edge({
    to,
    bucket,
    events: resolver.value(properties['Events']),
    filter: resolver.value(properties['Filter']),
    at,
    notes,
  })
}

/** With SqsSubscription a queue stands between the topic and the function. */
function snsEvent({ stack, to, name, properties, at }: SamEvent): Edge {
  const notes: string[] = []
  const resolver = stack.resolver(notes)
  const queue = resolver.value(properties['SqsSubscription'])
  if (isTrue(queue) || isJsonObject(queue)) {
    const arn = own(queue, 'QueueArn')
    const edge = mappingEdge(stack, { to, source: arn ?? `${name}Queue`, properties: objectOf(queue), at, kind: 'sqs' })
    return { ...edge, notes: [...(edge.notes ?? []), ...notes] }
  }
  const topic = resolver.text(properties['Topic'])
  const filter = {
    FilterPolicy: resolver.value(properties['FilterPolicy']) ?? null,
    FilterPolicyScope: resolver.value(properties['FilterPolicyScope']) ?? null,
  }
  return { to, kind: 'sns', trigger: snsTrigger(topic, filter), at, notes }
}

function ruleEvent({ stack, to, properties, at }: SamEvent): Edge {
  const notes: string[] = []
  const resolver = stack.resolver(notes)
  return ruleEdge({
    to,
    pattern: resolver.value(properties['Pattern']),
    target: chosen(resolver.value(properties), INPUTS),
    at,
    notes,
  })
}

function scheduleRule({ stack, to, name, properties, at }: SamEvent): Edge {
  const notes: string[] = []
  const target = chosen(stack.resolver(notes).value(properties), INPUTS)
  const rule = textOf(stack.resolve(properties['Name'])) ?? name
  return ruleEdge({ to, pattern: scheduleEvent(rule), target, at, notes })
}

function scheduleV2({ stack, to, name, properties, at }: SamEvent): Edge {
  const notes: string[] = []
  const target = chosen(stack.resolver(notes).value(properties), ['Input'])
  return scheduleEdge(to, textOf(stack.resolve(properties['Name'])) ?? name, target, at, notes)
}

const INPUTS = ['Input', 'InputPath', 'InputTransformer']

const chosen = (value: Json | undefined, keys: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(objectOf(value)).filter(([key]) => keys.includes(key)))
