import type { FileLine, Json } from '../../../model/index.js'
import type { Edge } from '../edges.js'
import type { Resource, Stack } from '../stack.js'
import { own, textOf } from '../values.js'

/** AWS::Lambda::Url. */
export function* functionUrl(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  yield urlEdge(stack, textOf(stack.resolve(properties['TargetFunctionArn'])), properties, at)
}

/** A function URL, from AWS::Lambda::Url or SAM's FunctionUrlConfig. */
export function urlEdge(stack: Stack, to: string | undefined, config: Json, at: FileLine): Edge {
  const type = textOf(stack.resolve(own(config, 'AuthType')))
  const authorizer = type === 'NONE' ? 'none' : type === 'AWS_IAM' ? 'iam' : undefined
  return { to, kind: 'function-url', trigger: authorizer === undefined ? {} : { authorizer }, at }
}
