import type { Json } from '../../../model/index.js'
import type { Edge } from '../edges.js'
import { loadBeside } from '../include.js'
import type { Resource, Stack } from '../stack.js'
import { objectOf, own, textOf } from '../values.js'

/** A state machine invokes each function that its definition or its substitutions name. */
export function* stateMachine(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  const parts = ['Definition', 'DefinitionString', 'DefinitionSubstitutions'].flatMap((key) => properties[key] ?? [])
  const found = new Set(parts.flatMap((part) => [...functionsIn(stack, part)]))
  const uri = textOf(stack.resolve(properties['DefinitionUri']))
  const file = uri === undefined || /^s3:/.test(uri) ? undefined : loadBeside(stack.resolver(), uri)
  if (file !== undefined) for (const id of functionsIn(stack, file)) found.add(id)
  for (const id of found) yield { to: `id:${id}`, kind: 'step-functions', trigger: {}, at }
}

/** Ids of functions that a value names in whatever way: intrinsics one by one too, since one unknown part must not hide the others. */
function functionsIn(stack: Stack, value: Json): ReadonlySet<string> {
  const found = new Set<string>()
  const add = (text: string | undefined): void => {
    const id = stack.world.functionOf(text)
    if (id !== undefined) found.add(id)
  }
  const visit = (node: Json, key?: string): void => {
    if (typeof node === 'string') {
      if (key === 'FunctionName') add(node)
      for (const text of namesIn(node)) add(text)
    } else if (typeof node === 'object' && node !== null) {
      for (const text of resolvedParts(stack, node))
        namesIn(text)
          .concat(isReference(node) ? text : [])
          .forEach(add)
      for (const [name, child] of Object.entries(node)) visit(child as Json, name)
    }
  }
  visit(value)
  return found
}

/** ARNs of functions in a text, and names where a definition (JSON in a text) calls Lambda by name. */
const namesIn = (text: string): readonly string[] => [
  ...[...text.matchAll(/arn:[^:\s"]*:lambda:[^:]*:[^:]*:function:[\w-]+/g)].map((match) => match[0]),
  ...[...text.matchAll(/"FunctionName"\s*:\s*"([\w-]+)"/g)].map((match) => match[1]!),
]

const isReference = (node: Json): boolean => own(node, 'Ref') !== undefined || own(node, 'Fn::GetAtt') !== undefined

/** An intrinsic's text, and that of each variable of an `Fn::Sub`. */
function resolvedParts(stack: Stack, node: Json): readonly string[] {
  const name = Object.keys(objectOf(node))[0] ?? ''
  if (name !== 'Ref' && !name.startsWith('Fn::')) return []
  const sub = own(node, 'Fn::Sub')
  const template = Array.isArray(sub) ? (sub as readonly Json[])[0] : sub
  const variables =
    typeof template === 'string' ? [...template.matchAll(/\$\{([^!}]+)\}/g)].map((match) => ({ 'Fn::Sub': match[0] })) : []
  return [node, ...variables].flatMap((part) => textOf(stack.resolve(part)) ?? [])
}
