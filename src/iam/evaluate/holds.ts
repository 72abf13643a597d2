import type { ConditionTest } from './condition-test.js'
import type { Context } from './context.js'
import { type Operator, operatorOf } from './operators.js'
import { fillIn, type Pattern } from './pattern.js'

/** True when a test of a Condition block holds for a request. `variables`: policy variables are filled in. */
export function holds(test: ConditionTest, context: Context, variables: boolean): boolean {
  if (test.operator === undefined) return false
  const operator = operatorOf(test.operator)
  const given = context.get(test.key)
  if (operator.name === 'Null') return test.values.some((value) => (value.toLowerCase() === 'true') === (given === undefined))
  if (given === undefined && test.ifExists) return true
  const wanted = test.values.flatMap((value) => fillIn(value, context, variables && operator.variables) ?? [])
  if (test.set !== undefined) return holdsForSet(test.set, operator, wanted, given)
  if (given === undefined) return operator.negated
  // AWS: a key with several values asks for ForAllValues or ForAnyValue.
  return given.length === 1 && passes(operator, wanted, given[0]!)
}

/** An empty text counts as no value. Nothing at all passes ForAllValues, which is why AWS warns of it in an Allow. */
function holdsForSet(
  set: 'ForAllValues' | 'ForAnyValue',
  operator: Operator,
  wanted: readonly Pattern[],
  given: readonly string[] | undefined,
): boolean {
  const values = (given ?? []).filter((value) => value !== '')
  return set === 'ForAllValues'
    ? values.every((value) => passes(operator, wanted, value))
    : values.some((value) => passes(operator, wanted, value))
}

const passes = ({ negated, matches }: Operator, wanted: readonly Pattern[], value: string): boolean =>
  wanted.some((pattern) => matches(pattern, value)) !== negated

/** The test and what it met, for people: `StringEquals aws:username = bob; the request has alice`. */
export function inWords({ written, key, values }: ConditionTest, context: Context): string {
  const given = context.get(key)
  const has = given === undefined ? 'the request has none' : `the request has ${given.slice(0, 5).join(', ')}`
  return `${written} ${key} = ${values.slice(0, 5).join(', ')}; ${has}`
}
