import type { JsonObject } from '../../model/json.js'
import { anyOf, checkOf, isRecord, type Known, listOf, membersOf, objectOf, type Reader } from './read.js'
import { merged } from './zod4.js'

const OPTIONAL = /^Zod(?:Optional|Default|Catch)$/

/** zod 3: `_def.typeName` says what it is. */
export function fromZod3(known: Known, read: Reader): JsonObject | undefined {
  const def = known['_def']
  const name = isRecord(def) ? def['typeName'] : undefined
  if (!isRecord(def) || typeof name !== 'string' || !name.startsWith('Zod')) return undefined
  switch (name.slice(3)) {
    case 'Object':
      return objectOf((def['shape'] as () => unknown)(), read, (one) =>
        OPTIONAL.test(String((one['_def'] as Known | undefined)?.['typeName'])),
      )
    case 'Array':
      return { type: 'array', items: read(def['type']) ?? {}, ...lengths(def) }
    case 'Enum':
    case 'NativeEnum':
      return membersOf(def['values'])
    case 'Literal':
      return membersOf([def['value']])
    case 'Union':
    case 'DiscriminatedUnion':
      return anyOf(def['options'], read)
    case 'Intersection':
      return merged(read(def['left']), read(def['right']))
    case 'Lazy':
      return read((def['getter'] as () => unknown)())
    case 'String':
    case 'Number':
    case 'Boolean':
      return { type: name.slice(3).toLowerCase(), ...checks(def, name.slice(3).toLowerCase()) }
    default:
      return read(def['innerType'] ?? def['schema'] ?? def['in'] ?? (name === 'ZodBranded' ? def['type'] : undefined)) ?? {}
  }
}

const checks = (def: Known, type: string): JsonObject =>
  Object.assign(
    {},
    ...listOf(def['checks']).map((one) =>
      isRecord(one) ? checkOf(String(one['kind']), one['value'] ?? one['regex'], type) : {},
    ),
  )

function lengths(def: Known): JsonObject {
  const of = (name: string) => (isRecord(def[name]) ? (def[name]['value'] as number) : undefined)
  const least = of('minLength') ?? of('exactLength')
  const most = of('maxLength') ?? of('exactLength')
  return { ...(least !== undefined && { minItems: least }), ...(most !== undefined && { maxItems: most }) }
}
