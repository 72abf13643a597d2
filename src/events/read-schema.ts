import { isJsonObject, type Json, type JsonObject, readPackageJson, type SourceId } from '../model/index.js'

const SHARED = /^\.\.\/wire\/([a-z-]+)\.schema\.json(#\/\$defs\/.+)$/

const read = new Map<SourceId, JsonObject>()

/** The schema of a source, read when it is first asked for: most runs are about one or two of the sources. */
export function readEventSchema(id: SourceId): JsonObject {
  const known = read.get(id) ?? complete(id)
  read.set(id, known)
  return known
}

/**
 * The schema of a source, complete in itself: the parts of `schemas/wire/` that its wire input refers to stand in its own `$defs`.
 * The event's own schema never leaves its file, so that others can use the file alone.
 */
function complete(id: SourceId): JsonObject {
  const { $defs, ...schema } = readPackageJson(`schemas/events/${id}.schema.json`)
  const parts = new Map<string, JsonObject>()
  const own = localised($defs ?? {}, parts)
  return { ...schema, $defs: Object.assign({}, ...parts.values(), own) as JsonObject }
}

/** Copy in which references to shared files are references to `$defs`; `parts` collects the files, each read once. */
function localised(value: Json, parts: Map<string, JsonObject>): Json {
  if (Array.isArray(value)) return value.map((item) => localised(item, parts))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === '$ref' && typeof child === 'string' ? localRef(child, parts) : localised(child, parts),
    ]),
  )
}

function localRef(ref: string, parts: Map<string, JsonObject>): string {
  const [, name, pointer] = SHARED.exec(ref) ?? []
  if (name === undefined || pointer === undefined) return ref
  if (!parts.has(name)) {
    parts.set(name, {}) // Files may refer to each other.
    parts.set(name, localised(readPackageJson(`schemas/wire/${name}.schema.json`)['$defs'] ?? {}, parts) as JsonObject)
  }
  return pointer
}
