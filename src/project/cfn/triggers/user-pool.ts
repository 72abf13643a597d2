import type { FileLine, Trigger } from '../../../model/index.js'
import { nameInArn } from '../account.js'
import type { Edge } from '../edges.js'
import type { Resource, Stack } from '../stack.js'
import { entriesOf, own, textOf } from '../values.js'

/** AWS::Cognito::UserPool: each trigger of the pool, by its name. */
export function* userPool(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  const resource = textOf(stack.resolve(properties['UserPoolName']))
  for (const [name, written] of entriesOf(properties['LambdaConfig'])) {
    const to = textOf(stack.resolve(own(written, 'LambdaArn') ?? written))
    if (to !== undefined) yield poolEdge(to, [name], resource, stack.place(written, at))
  }
}

/** Triggers of one pool. Functions that send codes themselves get other events. */
export function poolEdge(to: string | undefined, names: readonly string[], pool: string | undefined, at: FileLine): Edge {
  const resource: Trigger = pool === undefined ? {} : { resource: nameInArn(pool) }
  if (names.length > 0 && names.every((name) => /^Custom(?:SMS|Email)Sender$/.test(name)))
    return { to, kind: 'cognito-sender', trigger: resource, at }
  const cognitoTriggers = names.map((name) => name.replace(/^Pre(?=TokenGeneration)/, '').replace(/Config$/, ''))
  return { to, kind: 'cognito', trigger: { ...resource, ...(names.length === 0 ? {} : { cognitoTriggers }) }, at }
}
