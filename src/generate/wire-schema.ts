import { type EventSource, isJsonObject, type JsonObject } from '../model/index.js'

/** `$defs.wire` of a source's schema file. */
export function wireSchemaOf(source: EventSource): JsonObject {
  const defs = source.schema['$defs']
  const wire = isJsonObject(defs) ? defs['wire'] : undefined
  if (!isJsonObject(wire)) throw new Error(`The schema of ${source.id} has no $defs.wire`)
  return wire
}
