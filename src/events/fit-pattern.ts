import { isJsonObject, type Json, type JsonObject, SLOT } from '../model/index.js'
import { wildcardParts } from './event-pattern.js'

/** A benign value, made of `value`, that fits an event pattern; where the pattern leaves the sender a choice, a marker stands. */
export function fitPattern(value: Json | undefined, pattern: JsonObject): Json {
  const made: Record<string, Json> = isJsonObject(value) ? { ...value } : {}
  for (const [key, wanted] of Object.entries(pattern)) {
    if (key === '$or') {
      const first = Array.isArray(wanted) ? wanted.find(isJsonObject) : undefined
      if (first !== undefined) Object.assign(made, fitPattern(made, first))
      continue
    }
    const before = Object.hasOwn(made, key) ? made[key] : undefined
    const fitting = isJsonObject(wanted) ? fitPattern(before, wanted) : Array.isArray(wanted) ? fitRules(wanted) : undefined
    if (fitting === undefined) delete made[key]
    else Object.defineProperty(made, key, { value: fitting, writable: true, enumerable: true, configurable: true })
  }
  return made
}

/** undefined: the field must be missing. */
function fitRules(rules: readonly Json[]): Json | undefined {
  // What leaves the sender the most room comes first: a prefix is better to attack through than a constant.
  const open = rules.find((rule) => isJsonObject(rule) && !('numeric' in rule) && rule['exists'] !== false)
  const rule = open ?? rules[0]
  if (!isJsonObject(rule)) return rule
  const [[operator, operand] = ['', null]] = Object.entries(rule)
  const text = foldedText(operand)
  switch (operator) {
    case 'prefix':
      return `${text}${SLOT}`
    case 'suffix':
      return `${SLOT}${text}`
    case 'equals-ignore-case':
      return text
    case 'wildcard':
      return wildcardParts(text).join(SLOT)
    case 'exists':
      return operand === false ? undefined : SLOT
    case 'numeric':
      return numberIn(Array.isArray(operand) ? operand : [])
    case 'cidr':
      return text.split('/')[0] ?? text
    default:
      return SLOT
  }
}

const foldedText = (operand: Json | undefined): string =>
  typeof operand === 'string' ? operand : isJsonObject(operand) ? String(operand['equals-ignore-case'] ?? '') : ''

/** A number between bounds such as `['>', 0, '<=', 5]`. */
function numberIn(bounds: readonly Json[]): number {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let i = 0; i + 1 < bounds.length; i += 2) {
    const bound = Number(bounds[i + 1])
    const operator = String(bounds[i])
    if (operator === '=') return bound
    if (operator.startsWith('>')) low = operator === '>' ? bound + Math.max(1e-6, Math.abs(bound) * 1e-9) : bound
    else high = operator === '<' ? bound - Math.max(1e-6, Math.abs(bound) * 1e-9) : bound
  }
  const whole = Math.ceil(Number.isFinite(low) ? low : Math.min(1, high))
  return whole >= low && whole <= high ? whole : (low + high) / 2
}
