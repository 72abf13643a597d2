import { type FileLine, isJsonObject, type Json, type JsonObject, type Trigger } from '../../../model/index.js'
import { arn } from '../account.js'
import type { Edge } from '../edges.js'
import { nameOf } from '../resource-names.js'
import type { Resource, Stack } from '../stack.js'
import { listOf, objectsOf, own, textOf, at as valueAt } from '../values.js'

/** AWS::Events::Rule: a pattern or a schedule, with targets. */
export function* rule(stack: Stack, resource: Resource): Generator<Edge> {
  const { properties, at } = resource
  const notes: string[] = []
  const resolver = stack.resolver(notes)
  const pattern = isJsonObject(properties['EventPattern']) ? resolver.value(properties['EventPattern']) : undefined
  const scheduled = properties['ScheduleExpression'] !== undefined
  const expected = pattern ?? (scheduled ? scheduleEvent(nameOf(stack, resource)) : undefined)
  for (const target of objectsOf(resolver.value(properties['Targets']))) {
    yield ruleEdge({ to: textOf(target['Arn']), pattern: expected, target, at: stack.place(target, at), notes })
  }
}

interface Match {
  readonly to: string | undefined
  readonly pattern: Json | undefined
  /** Input, InputPath, InputTransformer; resolved. */
  readonly target: Json
  readonly at: FileLine
  readonly notes: readonly string[]
}

/** One target of a rule, also of SAM's EventBridgeRule, CloudWatchEvent and Schedule. */
export function ruleEdge({ to, pattern, target, at, notes }: Match): Edge {
  const changed = own(target, 'InputTransformer') ?? own(target, 'InputPath')
  const input = own(target, 'Input')
  const kind = isOnly(own(pattern, 'source'), 'aws.s3') && input === undefined ? 's3-eventbridge' : 'eventbridge'
  const more =
    changed === undefined ? [] : ['The rule gives the function another event (InputTransformer, InputPath): not applied']
  const trigger: Trigger = {
    ...(kind === 's3-eventbridge' ? objectTrigger(pattern) : {}),
    ...(isJsonObject(pattern) ? { filters: [pattern] } : {}),
    ...(input === undefined ? {} : { input: parsed(input) }),
  }
  return { to, kind, trigger, at, notes: [...notes, ...more] }
}

const isOnly = (values: Json | undefined, wanted: string): boolean => {
  const list = listOf(values)
  return list.length > 0 && list.every((value) => value === wanted)
}

function objectTrigger(pattern: Json | undefined): Trigger {
  const name = textOf(listOf(valueAt(pattern, 'detail', 'bucket', 'name'))[0])
  const key = objectsOf(valueAt(pattern, 'detail', 'object', 'key'))
  const [prefix, suffix] = ['prefix', 'suffix'].map((word) =>
    textOf(key.map((one) => one[word]).find((one) => one !== undefined)),
  )
  return {
    ...(name === undefined ? {} : { resource: name }),
    ...(prefix === undefined || key.length > 1 ? {} : { keyPrefix: prefix }),
    ...(suffix === undefined || key.length > 1 ? {} : { keySuffix: suffix }),
  }
}

/** What the scheduler of EventBridge rules itself sends: nobody else can send it. */
export const scheduleEvent = (name: string): JsonObject => ({
  source: ['aws.events'],
  'detail-type': ['Scheduled Event'],
  resources: [arn('events', `rule/${name}`)],
})

/** AWS::Scheduler::Schedule. */
export function* schedule(stack: Stack, resource: Resource): Generator<Edge> {
  const { properties, at } = resource
  const notes: string[] = []
  const target = stack.resolver(notes).value(properties['Target']) ?? {}
  yield scheduleEdge(textOf(own(target, 'Arn')), nameOf(stack, resource), target, at, notes)
}

/** A schedule of EventBridge Scheduler, also SAM's ScheduleV2: the constant input, else an event of its own. */
export function scheduleEdge(to: string | undefined, name: string, target: Json, at: FileLine, notes: readonly string[]): Edge {
  const input = own(target, 'Input')
  const pattern = {
    source: ['aws.scheduler'],
    'detail-type': ['Scheduled Event'],
    resources: [arn('scheduler', `schedule/default/${name}`)],
  }
  const trigger: Trigger = input === undefined ? { filters: [pattern] } : { input: parsed(input) }
  return { to, kind: 'eventbridge', trigger, at, notes }
}

/** `Input` is a JSON text. */
function parsed(input: Json): Json {
  if (typeof input !== 'string') return input
  try {
    return JSON.parse(input) as Json
  } catch {
    return input // EventBridge would refuse it; the template's own text is the nearest to it.
  }
}
