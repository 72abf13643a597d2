import type { JsonObject } from '../../model/json.js'
import { checkOf, isRecord, type Known, listOf, membersOf, objectOf, type Reader } from './read.js'

/** joi and yup describe themselves. */
export function fromDescription(known: Known, read: Reader): JsonObject | undefined {
  const { describe } = known
  if (typeof describe === 'function' && (known['$_root'] !== undefined || known['__isYupSchema__'] === true))
    return fromDescription({ ...(describe.call(known) as object), described: true }, (one) => fromDescription(one as Known, read))
  if (typeof known['type'] !== 'string' || !isDescription(known)) return undefined
  return {
    ...shapeOf(known, known['type'], (one) => fromDescription({ ...(one as object), described: true }, read)),
    ...checks(known),
  }
}

const isDescription = (known: Known): boolean => known['described'] === true

function shapeOf(known: Known, type: string, read: Reader): JsonObject {
  const members = listOf(known['allow'] ?? known['oneOf'])
  const only = known['oneOf'] !== undefined || (isRecord(known['flags']) && known['flags']['only'] === true)
  if (only && members.length > 0) return membersOf(members)
  switch (type) {
    case 'object':
      return objectOf(known['keys'] ?? known['fields'], read, isOptional)
    case 'array':
      return { type, items: read(listOf(known['items'])[0] ?? known['innerType'] ?? {}) ?? {} }
    case 'alternatives':
      return { anyOf: listOf(known['matches']).map((one) => read((one as Known)['schema']) ?? {}) }
    case 'string':
    case 'number':
    case 'boolean':
      return { type }
    default:
      return {}
  }
}

/** joi: what is not required is optional. yup says so itself. */
const isOptional = (one: Known): boolean =>
  typeof one['optional'] === 'boolean' ? one['optional'] : (one['flags'] as Known | undefined)?.['presence'] !== 'required'

function checks(known: Known): JsonObject {
  const rules = listOf(known['rules'] ?? known['tests']).filter(isRecord)
  return Object.assign({}, ...rules.map((rule) => checkOf(String(rule['name']), argumentOf(rule), known['type'])))
}

function argumentOf(rule: Known): unknown {
  const args = (rule['args'] ?? rule['params'] ?? {}) as Known
  const { limit, regex } = args
  // joi writes its patterns as text: /^x/
  const text = typeof regex === 'string' ? /^\/(.*)\/([a-z]*)$/s.exec(regex) : null
  return text === null ? (limit ?? args['min'] ?? args['max'] ?? args['length'] ?? regex) : new RegExp(text[1]!, text[2])
}
