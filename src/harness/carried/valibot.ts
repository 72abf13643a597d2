import type { JsonObject } from '../../model/json.js'
import { anyOf, checkOf, isRecord, type Known, listOf, membersOf, objectOf, type Reader } from './read.js'

const OPTIONAL = new Set(['optional', 'exact_optional', 'undefinedable', 'nullish'])

/** valibot: plain objects, `kind: 'schema'`; checks stand in `pipe` beside the schema itself. */
export function fromValibot(known: Known, read: Reader): JsonObject | undefined {
  if (known['kind'] !== 'schema' || typeof known['type'] !== 'string') return undefined
  const { type } = known
  const checks = listOf(known['pipe']).map((one) =>
    isRecord(one) && one['kind'] === 'validation' ? checkOf(String(one['type']), one['requirement'], type) : {},
  )
  return Object.assign({}, shapeOf(known, type, read), ...checks)
}

function shapeOf(known: Known, type: string, read: Reader): JsonObject {
  if (known['wrapped'] !== undefined) return read(known['wrapped']) ?? {}
  if (/object$/.test(type)) return objectOf(known['entries'], read, (one) => OPTIONAL.has(String(one['type'])))
  switch (type) {
    case 'array':
      return { type, items: read(known['item']) ?? {} }
    case 'picklist':
    case 'enum':
      return membersOf(known['options'])
    case 'literal':
      return membersOf([known['literal']])
    case 'union':
    case 'variant':
      return anyOf(known['options'], read)
    case 'string':
    case 'number':
    case 'boolean':
      return { type }
    default:
      return {}
  }
}
