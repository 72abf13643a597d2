import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { copyLine } from '../yaml.js'
import type { Stack } from './stack.js'
import { entriesOf, listOf, textOf, textsOf } from './values.js'

/** Loops in loops multiply; CloudFormation itself allows 500 resources. */
const MOST_ENTRIES = 5_000

/** A section with each `Fn::ForEach::Name` written out: `[variable, values, { 'Key${variable}': ... }]`. */
export function expandLoops(stack: Stack, section: Json | undefined): JsonObject {
  const left = { entries: MOST_ENTRIES }
  return Object.fromEntries(entriesOf(section).flatMap(([key, value]) => entry(stack, key, value, left)))
}

function entry(stack: Stack, key: string, value: Json, left: { entries: number }): readonly (readonly [string, Json])[] {
  if (!key.startsWith('Fn::ForEach::')) return [[key, value]]
  const [variable, values, body] = listOf(value)
  const name = textOf(variable)
  const notes: string[] = []
  const items = textsOf(stack.resolver(notes).value(values))
  if (name === undefined || notes.length > 0) {
    stack.problem(null, `${key} cannot be written out: ${notes[0] ?? 'it names no variable'}`)
    return []
  }
  return items.flatMap((item) => copies(stack, key, name, item, body, left))
}

function copies(stack: Stack, loop: string, name: string, item: string, body: Json | undefined, left: { entries: number }) {
  return entriesOf(body).flatMap(([key, value]) => {
    if (left.entries-- < 0) {
      if (left.entries === -2) stack.problem(null, `${loop} makes more than ${MOST_ENTRIES} entries: the rest is left out`)
      return []
    }
    return entry(stack, inText(key, name, item), inValue(value, name, item), left)
  })
}

/** `&{x}` is `${x}` without the signs that a logical id may not have. */
const inText = (text: string, name: string, item: string): string =>
  text.replaceAll(`\${${name}}`, item).replaceAll(`&{${name}}`, item.replace(/[^A-Za-z0-9]/g, ''))

function inValue(value: Json, name: string, item: string): Json {
  if (typeof value === 'string') return inText(value, name, item)
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => inValue(one, name, item))
  if (!isJsonObject(value)) return value
  if (Object.keys(value).length === 1 && value['Ref'] === name) return item
  const copy = Object.fromEntries(Object.entries(value).map(([key, one]) => [inText(key, name, item), inValue(one, name, item)]))
  return copyLine(value, copy)
}
