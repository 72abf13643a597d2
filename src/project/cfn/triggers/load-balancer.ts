import type { Json, JsonObject, Trigger } from '../../../model/index.js'
import type { Edge } from '../edges.js'
import type { Resource, Stack } from '../stack.js'
import { objectsOf, own, textOf, textsOf, at as valueAt } from '../values.js'
import { routeOf } from './http-words.js'

/** Routes by ARN of the target group, read once a stack. */
const read = new WeakMap<Stack, ReadonlyMap<string, ReadonlySet<string>>>()

/** A target group whose targets are functions: its routes are what the listeners forward to it, patterns as they are written. */
export function* targetGroup(stack: Stack, { id, properties, at }: Resource): Generator<Edge> {
  const routes = routesByGroup(stack).get(textOf(stack.resolve({ Ref: id })) ?? '')
  const written = properties['Targets']
  const trigger: Trigger = { ...(routes === undefined ? {} : { routes: [...routes] }), ...multiValueOf(stack, properties) }
  for (const target of objectsOf(Array.isArray(written) ? written : stack.resolve(written))) {
    const to = textOf(stack.resolve(target['Id']))
    if (to !== undefined) yield { to, kind: 'alb', trigger, at: stack.place(target['Id'], at) }
  }
}

/** AWS: single values unless the target group asks for lists. */
function multiValueOf(stack: Stack, properties: JsonObject): Pick<Trigger, 'multiValueHeaders'> {
  const attributes = objectsOf(stack.resolve(properties['TargetGroupAttributes']))
  const value = attributes.find((one) => one['Key'] === 'lambda.multi_value_headers.enabled')?.['Value']
  return { multiValueHeaders: value === 'true' || value === true }
}

function routesByGroup(stack: Stack): ReadonlyMap<string, ReadonlySet<string>> {
  const known = read.get(stack)
  if (known !== undefined) return known
  const found = new Map<string, Set<string>>()
  const take = (actions: Json | undefined, routes: readonly string[]): void => {
    for (const group of objectsOf(stack.resolve(actions)).flatMap(groupsOf)) {
      if (!found.has(group)) found.set(group, new Set())
      for (const route of routes) found.get(group)!.add(route)
    }
  }
  for (const { properties } of stack.ofType('AWS::ElasticLoadBalancingV2::ListenerRule'))
    take(properties['Actions'], routesOf(stack, properties))
  for (const { properties } of stack.ofType('AWS::ElasticLoadBalancingV2::Listener'))
    take(properties['DefaultActions'], ['ANY /*'])
  read.set(stack, found)
  return found
}

/** `TargetGroupArn` of the action, or of its weighted groups. */
const groupsOf = (action: JsonObject): readonly string[] =>
  [action, ...objectsOf(valueAt(action, 'ForwardConfig', 'TargetGroups'))].flatMap((one) => textsOf(one['TargetGroupArn']))

function routesOf(stack: Stack, rule: JsonObject): readonly string[] {
  const conditions = objectsOf(stack.resolve(rule['Conditions']))
  const valuesOf = (field: string, config: string, other: string): readonly string[] => {
    const found = conditions
      .filter((one) => textOf(one['Field']) === field || own(one, config) !== undefined)
      .flatMap((one) => [...textsOf(one['Values']), ...textsOf(valueAt(one, config, 'Values'))])
    return found.length === 0 ? [other] : found
  }
  const methods = valuesOf('http-request-method', 'HttpRequestMethodConfig', 'ANY')
  const paths = valuesOf('path-pattern', 'PathPatternConfig', '/*')
  return methods.flatMap((method) => paths.map((path) => routeOf(method, path)))
}
