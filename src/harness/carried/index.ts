import type { JsonObject } from '../../model/json.js'
import { fromClass } from './class-validator.js'
import { fromDescription } from './described.js'
import { isRecord, type Known, type Reader } from './read.js'
import { fromStruct } from './superstruct.js'
import { fromValibot } from './valibot.js'
import { fromZod3 } from './zod3.js'
import { fromZod4 } from './zod4.js'

const DEEPEST = 8
const LONGEST = 32_768

/**
 * JSON Schema of a schema object that the function carries: zod 3 and 4, joi, yup, valibot, superstruct, class-validator, or JSON
 * Schema itself (TypeBox, what ajv compiled). Only what the shape needs: types, names, members, lengths, patterns. Undefined: it
 * is none, or says nothing. Never throws.
 */
export function carriedSchema(thing: unknown): JsonObject | undefined {
  try {
    const schema = reader(0)(thing)
    const text = schema === undefined ? '' : JSON.stringify(schema)
    // `{}` and `{ type: 'object' }` do not say more than was known.
    return text.length > 20 && text.length <= LONGEST ? (JSON.parse(text) as JsonObject) : undefined
  } catch {
    return undefined // A getter or a proxy of the function's.
  }
}

const reader = (depth: number): Reader =>
  function read(thing) {
    if (depth > DEEPEST || (typeof thing !== 'object' && typeof thing !== 'function') || thing === null) return undefined
    const known = thing as Known
    for (const from of [fromZod4, fromZod3, fromValibot, fromStruct, fromDescription, fromClass]) {
      const schema = from(known, reader(depth + 1))
      if (schema !== undefined) return schema
    }
    // What ajv compiled is a function that carries its schema.
    if (typeof thing === 'function') return isRecord(known['schema']) ? plain(known['schema']) : undefined
    return plain(known)
  }

/** A document that is JSON Schema itself. */
const plain = (known: Known): JsonObject | undefined =>
  typeof known['type'] === 'string' && (isRecord(known['properties']) || isRecord(known['items']))
    ? (known as JsonObject)
    : undefined
