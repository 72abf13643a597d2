import type { Json } from '../../../model/index.js'
import type { Edge } from '../edges.js'
import { loadBeside } from '../include.js'
import type { Resource, Stack } from '../stack.js'
import { own, textOf } from '../values.js'

/** A state machine invokes each function that its definition or its substitutions name. */
export function* stateMachine(stack: Stack, { properties, at }: Resource): Generator<Edge> {
  const parts = ['Definition', 'DefinitionString', 'DefinitionSubstitutions'].flatMap((key) => properties[key] ?? [])
  const found = new Set(parts.flatMap((part) => [...functionsIn(stack, part)]))
  const uri = textOf(stack.resolve(properties['DefinitionUri']))
  const file = uri === undefined || /^s3:/.test(uri) ? undefined : loadBeside(stack.resolver(), uri)
  if (file !== undefined) for (const id of functionsIn(stack, file)) found.add(id)
  for (const id of found) yield { to: `id:${id}`, kind: 'step-functions', trigger: {}, at }
}

/** Ids of functions that a value names in whatever way: intrinsics one by one, since one unknown part must not hide the others. */
export function functionsIn(stack: Stack, value: Json): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (node: Json): void => {
    if (typeof node === 'string') {
      for (const [arn] of node.matchAll(/arn:[^:\s"]*:lambda:[^:]*:[^:]*:function:[\w-]+/g))
        add(found, stack.world.functionOf(arn))
      return
    }
    if (typeof node !== 'object' || node === null) return
    if (own(node, 'Ref') !== undefined || own(node, 'Fn::GetAtt') !== undefined)
      add(found, stack.world.functionOf(textOf(stack.resolve(node))))
    for (const name of variablesIn(own(node, 'Fn::Sub')))
      add(found, stack.world.functionOf(textOf(stack.resolve({ 'Fn::Sub': `\${${name}}` }))))
    for (const child of Object.values(node)) visit(child as Json)
  }
  visit(value)
  return found
}

const variablesIn = (sub: Json | undefined): readonly string[] => {
  const text = Array.isArray(sub) ? (sub as readonly Json[])[0] : sub
  return typeof text === 'string' ? [...text.matchAll(/\$\{([^!}]+)\}/g)].map((match) => match[1]!) : []
}

const add = (set: Set<string>, id: string | undefined): void => {
  if (id !== undefined) set.add(id)
}
