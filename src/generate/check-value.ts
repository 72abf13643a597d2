import type { Ajv2020, Options, ValidateFunction } from 'ajv/dist/2020.js'
import { newAjv } from '../model/ajv.js'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'

/** Many small schemas, each used a few times: neither the meta-schema nor optimised code would pay. */
export const OPTIONS: Options = {
  strict: false,
  ownProperties: true,
  validateFormats: false,
  validateSchema: false,
  meta: false,
  logger: false,
  code: { optimize: false },
}
const ROOT = 'eventfuzz:root'
interface Known {
  readonly ajv: () => Ajv2020
  /** By schema text: the same part is asked about in every value. */
  readonly checks: Map<string, (value: Json) => boolean>
}
const roots = new WeakMap<JsonObject, Known>()

/** A check of values against a part of a document. */
export function checker(root: JsonObject, schema: JsonObject): (value: Json) => boolean {
  const { checks, ajv } = roots.get(root) ?? remember(root)
  const text = JSON.stringify(schema)
  const known = checks.get(text)
  if (known !== undefined) return known
  // Compiled when first asked: most parts of a schema are made right by construction.
  let check: ValidateFunction | undefined
  const made = (value: Json) => {
    check ??= ajv().compile(absolute(schema) as JsonObject)
    return check(value)
  }
  checks.set(text, made)
  return made
}

function remember(root: JsonObject): Known {
  let made: Ajv2020 | undefined
  const ajv = () => {
    made ??= newAjv(OPTIONS).addSchema({ ...(absolute(root) as JsonObject), $id: ROOT })
    return made
  }
  const known = { ajv, checks: new Map<string, (value: Json) => boolean>() }
  roots.set(root, known)
  return known
}

/** References from the part into the document, whatever the part stands in; names of its own are no longer needed. */
function absolute(value: Json): Json {
  if (Array.isArray(value)) return value.map(absolute)
  if (!isJsonObject(value)) return value
  const made: Record<string, Json> = {}
  for (const [key, child] of Object.entries(value)) {
    if ((key === '$id' || key === '$schema') && typeof child === 'string') continue
    const held = key === '$ref' && typeof child === 'string' && child.startsWith('#') ? ROOT + child : absolute(child)
    Object.defineProperty(made, key, { value: held, writable: true, enumerable: true, configurable: true })
  }
  return made
}
