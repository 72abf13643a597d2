import { isJsonObject, type Json, type JsonObject } from '../model/index.js'

/**
 * True when an event fits a pattern of the language that EventBridge rules, event source mappings and SNS filter policies share:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html. A field that is a list fits when one
 * of its items does. A pattern that we do not understand fits nothing.
 */
export function matchesPattern(event: Json | undefined, pattern: JsonObject): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or') return Array.isArray(wanted) && wanted.some((one) => isJsonObject(one) && matchesPattern(event, one))
    return matchesField(fieldsOf(event, key), wanted)
  })
}

/** A field of an object, or of each object of a list. */
function fieldsOf(event: Json | undefined, key: string): readonly Json[] {
  if (Array.isArray(event)) return event.flatMap((item) => fieldsOf(item, key))
  return isJsonObject(event) && Object.hasOwn(event, key) ? [event[key]!] : []
}

function matchesField(values: readonly Json[], wanted: Json): boolean {
  if (isJsonObject(wanted)) {
    // Below a field that is missing, only a test for something missing can hold.
    return values.length === 0 ? matchesPattern(undefined, wanted) : values.some((value) => matchesPattern(value, wanted))
  }
  if (!Array.isArray(wanted)) return false
  const leaves = values.flatMap((value) => (Array.isArray(value) ? value : [value])).filter((value) => !isJsonObject(value))
  return wanted.some((rule) => (isJsonObject(rule) ? matchesRule(leaves, rule) : leaves.some((leaf) => leaf === rule)))
}

function matchesRule(leaves: readonly Json[], rule: JsonObject): boolean {
  const entries = Object.entries(rule)
  if (entries.length !== 1) return false
  const [[operator, operand]] = entries as [[string, Json]]
  if (operator === 'exists') return operand === leaves.length > 0
  return leaves.some((leaf) => test(leaf, operator, operand))
}

function test(value: Json, operator: string, operand: Json): boolean {
  switch (operator) {
    case 'anything-but':
      return anythingBut(value, operand)
    case 'numeric':
      return typeof value === 'number' && Array.isArray(operand) && inRange(value, operand)
    case 'cidr':
      return typeof value === 'string' && typeof operand === 'string' && inBlock(value, operand)
    default:
      return typeof value === 'string' && textTest(value, operator, operand)
  }
}

function textTest(value: string, operator: string, operand: Json): boolean {
  const folded = isJsonObject(operand) ? operand['equals-ignore-case'] : undefined
  const [text, wanted] = typeof folded === 'string' ? [value.toLowerCase(), folded.toLowerCase()] : [value, operand]
  if (typeof wanted !== 'string') return false
  switch (operator) {
    case 'prefix':
      return text.startsWith(wanted)
    case 'suffix':
      return text.endsWith(wanted)
    case 'equals-ignore-case':
      return text.toLowerCase() === wanted.toLowerCase()
    case 'wildcard':
      return matchesWildcard(text, wanted)
    default:
      return false
  }
}

function anythingBut(value: Json, operand: Json): boolean {
  if (!isJsonObject(operand)) {
    const refused = Array.isArray(operand) ? operand : [operand]
    return value !== null && !refused.some((one) => value === one)
  }
  return Object.entries(operand).every(([operator, inner]) => {
    const refused = Array.isArray(inner) ? inner : [inner]
    return typeof value === 'string' && !refused.some((one) => textTest(value, operator, one))
  })
}

function inRange(value: number, bounds: readonly Json[]): boolean {
  for (let i = 0; i + 1 < bounds.length; i += 2) {
    const [operator, bound] = [bounds[i], bounds[i + 1]]
    if (typeof bound !== 'number' || typeof operator !== 'string' || !Object.hasOwn(COMPARE, operator)) return false
    if (!COMPARE[operator]!(value, bound)) return false
  }
  return bounds.length >= 2 && bounds.length % 2 === 0
}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** `*` stands for any text; `\*` and `\\` for themselves. Linear: no regular expression is built from a template's text. */
export function matchesWildcard(text: string, pattern: string): boolean {
  const [head = '', ...rest] = wildcardParts(pattern)
  const tail = rest.pop()
  if (tail === undefined) return text === head
  if (!text.startsWith(head)) return false
  let at = head.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return text.length - tail.length >= at && text.endsWith(tail)
}

/** Texts between the stars. */
export function wildcardParts(pattern: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === '*') {
      parts.push(part)
      part = ''
    } else part += pattern[i] === '\\' && i + 1 < pattern.length ? pattern[++i] : pattern[i]
  }
  return [...parts, part]
}

/** IPv4 only: an IPv6 block fits nothing. */
function inBlock(address: string, block: string): boolean {
  const [network = '', bits = '32'] = block.split('/')
  const [a, b, length] = [addressNumber(address), addressNumber(network), Number(bits)]
  if (a === undefined || b === undefined || !(length >= 0 && length <= 32)) return false
  const size = 2 ** (32 - length)
  return Math.floor(a / size) === Math.floor(b / size)
}

function addressNumber(address: string): number | undefined {
  const parts = address.split('.').map(Number)
  return parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)
    ? parts.reduce((sum, part) => sum * 256 + part, 0)
    : undefined
}
