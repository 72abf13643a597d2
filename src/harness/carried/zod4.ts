import type { JsonObject } from '../../model/json.js'
import { anyOf, checkOf, isRecord, type Known, listOf, membersOf, objectOf, patternOf, type Reader } from './read.js'

const WRAPPERS = new Set([
  'optional',
  'nullable',
  'default',
  'prefault',
  'catch',
  'readonly',
  'nonoptional',
  'success',
  'promise',
])
const OPTIONAL = new Set(['optional', 'default', 'prefault', 'catch'])

/** zod 4, also its mini and core: everything is below `_zod.def`. */
export function fromZod4(known: Known, read: Reader): JsonObject | undefined {
  const def = defOf(known)
  if (def === undefined) return undefined
  const type = String(def['type'])
  if (WRAPPERS.has(type)) return read(def['innerType'])
  switch (type) {
    case 'object':
      return objectOf(def['shape'], read, (one) => OPTIONAL.has(String(defOf(one)?.['type'])))
    case 'array':
      return { type: 'array', items: read(def['element']) ?? {}, ...checks(def) }
    case 'tuple':
      return {
        type: 'array',
        prefixItems: listOf(def['items']).map((one) => read(one) ?? {}),
        minItems: listOf(def['items']).length,
      }
    case 'enum':
      return membersOf(def['entries'])
    case 'literal':
      return membersOf(def['values'])
    case 'union':
      return anyOf(def['options'], read)
    case 'intersection':
      return merged(read(def['left']), read(def['right']))
    case 'pipe':
      return read(def['in'])
    case 'lazy':
      return read((def['getter'] as () => unknown)())
    case 'string':
    case 'number':
    case 'boolean':
      return { type, ...formatOf(def), ...checks(def) }
    default:
      return {}
  }
}

export const merged = (left: JsonObject = {}, right: JsonObject = {}): JsonObject => ({
  ...left,
  ...right,
  properties: { ...(left['properties'] as object), ...(right['properties'] as object) },
  required: [...(listOf(left['required']) as string[]), ...(listOf(right['required']) as string[])],
})

const defOf = (known: unknown): Known | undefined => {
  const inner = isRecord(known) || typeof known === 'function' ? (known as Known)['_zod'] : undefined
  return isRecord(inner) && isRecord(inner['def']) ? inner['def'] : undefined
}

const checks = (def: Known): JsonObject =>
  Object.assign({}, ...listOf(def['checks']).map((one) => check(defOf(one) ?? {}, def['type'])))

function check(def: Known, type: unknown): JsonObject {
  if (def['check'] === 'string_format') return formatOf(def)
  if (def['check'] === 'number_format') return /int/.test(String(def['format'])) ? { type: 'integer' } : {}
  return checkOf(String(def['check']), def['minimum'] ?? def['maximum'] ?? def['length'] ?? def['value'], type)
}

function formatOf(def: Known): JsonObject {
  const { format, pattern } = def
  if (typeof format !== 'string') return {}
  const known = checkOf(format, undefined, 'string')
  return Object.keys(known).length === 0 && pattern instanceof RegExp ? patternOf(pattern) : known
}
