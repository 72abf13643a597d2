import { Ajv2020 } from 'ajv/dist/2020.js'
import { isJsonObject, type Json, type JsonObject } from '../model/index.js'

const ROOT = 'eventfuzz:root'
const roots = new WeakMap<JsonObject, Ajv2020>()

/** A check of values against a part of a document. */
export function checker(root: JsonObject, schema: JsonObject): (value: Json) => boolean {
  let ajv = roots.get(root)
  if (ajv === undefined) {
    ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false, validateSchema: false, logger: false })
    ajv.addSchema({ ...(absolute(root) as JsonObject), $id: ROOT })
    roots.set(root, ajv)
  }
  const check = ajv.compile(absolute(schema) as JsonObject)
  return (value) => check(value)
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
