import { type Control, type Encoding, escapeToken, isJsonObject, type Json, type JsonObject } from '../model/index.js'
import { nestedOf } from './nested.js'
import { branchFor, childSchema, listOf, resolve, type Schemas } from './schema.js'

/** A scalar of a wire input, and what its schema says of it. */
export interface Leaf {
  readonly pointer: string
  readonly value: Json
  readonly schema: JsonObject
  readonly control: Control
  readonly encodings: readonly Encoding[]
}

/** An object whose own keys the sender chooses: a place for keys such as `__proto__`. */
export interface OpenObject {
  readonly pointer: string
  readonly control: Control
  readonly encodings: readonly Encoding[]
  /** Its schema takes a text under any key. */
  readonly takesTexts: boolean
}

export interface Walked {
  readonly leaves: readonly Leaf[]
  readonly open: readonly OpenObject[]
  /** Pointers, leaves and containers, that the schema lets a sender leave out. */
  readonly optional: readonly string[]
}

/** Walks a wire input beside its schema; `x-control` and `x-encoding` are inherited, chains grow outermost first. */
export function walk(root: JsonObject, wireSchema: JsonObject, wire: Json): Walked {
  const leaves: Leaf[] = []
  const open: OpenObject[] = []
  const left: string[] = []
  const schemas: Schemas = { root }
  const visit = (raw: JsonObject, value: Json, pointer: string, from: Inherited, optional: boolean): void => {
    const nested = nestedOf(value)
    const schema = branchFor(schemas, resolve(schemas, raw), nested === undefined ? value : '')
    const control = (schema['x-control'] as Control | undefined) ?? from.control
    const encodings = [...from.encodings, ...(listOf(schema['x-encoding']) as Encoding[])]
    const inherited = { control, encodings }
    if (optional) left.push(pointer)
    if (nested !== undefined) {
      const inside = { control, encodings: [...encodings, nested.encoding] }
      visit({}, nested.value, `${pointer}/${nested.key}`, inside, false)
    } else if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) visit(childSchema(schemas, schema, '0'), item, `${pointer}/${i}`, inherited, i > 0)
    } else if (isJsonObject(value)) {
      const required = new Set(listOf(schema['required']))
      const others = schema['additionalProperties'] ?? {}
      const takesTexts = isJsonObject(others) && others['type'] === 'string'
      if (others !== false) open.push({ pointer, control, encodings, takesTexts })
      for (const key of Object.keys(value)) {
        visit(childSchema(schemas, schema, key), value[key]!, `${pointer}/${escapeToken(key)}`, inherited, !required.has(key))
      }
    } else if (!('const' in schema)) leaves.push({ pointer, value, schema, control, encodings })
  }
  visit(wireSchema, wire, '', { control: 'service', encodings: [] }, false)
  return { leaves, open, optional: left }
}

interface Inherited {
  readonly control: Control
  readonly encodings: readonly Encoding[]
}
