import { isJsonObject, type Json } from '../../model/index.js'
import type { Stack } from './stack.js'
import { listOf, own, textOf } from './values.js'

/** Conditions that ask for conditions. */
const DEEPEST = 150

/** Truth of a condition by its name; undefined when it depends on something unknown. */
export function conditionOf(stack: Stack, name: string): boolean | undefined {
  if (stack.conditions.has(name)) return stack.conditions.get(name)
  stack.conditions.set(name, undefined) // A condition that asks for itself is unknown.
  if (stack.world.depth > DEEPEST) return undefined
  stack.world.depth++
  const truth = evaluate(stack, own(own(stack.sections, 'Conditions'), name))
  stack.world.depth--
  stack.conditions.set(name, truth)
  return truth
}

function evaluate(stack: Stack, expression: Json | undefined): boolean | undefined {
  if (typeof expression === 'boolean') return expression
  if (!isJsonObject(expression)) return undefined
  const [name, argument] = Object.entries(expression)[0] ?? []
  const parts = listOf(argument)
  switch (name) {
    case 'Condition':
      return conditionOf(stack, textOf(argument) ?? '')
    case 'Fn::Equals':
      return equal(stack, parts[0], parts[1])
    case 'Fn::Not':
      return negate(evaluate(stack, parts[0]))
    case 'Fn::And':
      return every(parts.map((part) => evaluate(stack, part)))
    case 'Fn::Or':
      return negate(every(parts.map((part) => negate(evaluate(stack, part)))))
    default:
      return undefined
  }
}

const negate = (truth: boolean | undefined): boolean | undefined => (truth === undefined ? undefined : !truth)

const every = (truths: readonly (boolean | undefined)[]): boolean | undefined =>
  truths.includes(false) ? false : truths.includes(undefined) ? undefined : true

function equal(stack: Stack, left: Json | undefined, right: Json | undefined): boolean | undefined {
  const notes: string[] = []
  const resolver = stack.resolver(notes)
  const [a, b] = [resolver.value(left), resolver.value(right)]
  if (notes.length > 0) return undefined
  return (textOf(a) ?? JSON.stringify(a)) === (textOf(b) ?? JSON.stringify(b))
}
