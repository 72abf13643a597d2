import { isJsonObject, type Json, type JsonObject, type Trigger } from '../../../model/index.js'
import { nameInArn } from '../account.js'
import type { Edge } from '../edges.js'
import { nameOf } from '../resource-names.js'
import type { Resource, Stack } from '../stack.js'
import { objectsOf, textOf } from '../values.js'

/** AWS::SNS::Topic with inline subscriptions. */
export function* topic(stack: Stack, resource: Resource): Generator<Edge> {
  for (const one of objectsOf(stack.resolve(resource.properties['Subscription']))) {
    if (one['Protocol'] !== 'lambda') continue
    yield {
      to: textOf(one['Endpoint']),
      kind: 'sns',
      trigger: snsTrigger(nameOf(stack, resource), one),
      at: stack.place(one, resource.at),
    }
  }
}

/** AWS::SNS::Subscription of a function. */
export function* subscription(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  if (stack.resolve(properties['Protocol']) !== 'lambda') return
  const notes: string[] = []
  const resolver = stack.resolver(notes)
  const name = resolver.text(properties['TopicArn'])
  const filter = {
    FilterPolicy: resolver.value(properties['FilterPolicy']) ?? null,
    FilterPolicyScope: properties['FilterPolicyScope'] ?? null,
  }
  yield { to: resolver.text(properties['Endpoint']), kind: 'sns', trigger: snsTrigger(name, filter), at, notes }
}

/** A topic by its ARN or name, with its filter policy as a pattern on the record. */
export function snsTrigger(name: string | undefined, filter: JsonObject): Trigger {
  const policy = filterOf(filter['FilterPolicy'], filter['FilterPolicyScope'] === 'MessageBody')
  return {
    ...(name === undefined ? {} : { resource: nameInArn(name), fifo: name.endsWith('.fifo') }),
    ...(policy === undefined ? {} : { filters: [policy] }),
  }
}

function filterOf(policy: Json | undefined, onBody: boolean): JsonObject | undefined {
  if (!isJsonObject(policy) || Object.keys(policy).length === 0) return undefined
  if (onBody) return { Sns: { Message: policy } }
  const attributes = Object.entries(policy).map(([name, values]) => [name, { Value: values }] as const)
  return { Sns: { MessageAttributes: Object.fromEntries(attributes) } }
}
