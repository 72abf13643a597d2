import { isJsonObject, type Json, type JsonObject, type Trigger } from '../model/index.js'
import { matchesPattern } from './event-pattern.js'

/** A batch is handed over as it is only when every record fits one of the FilterCriteria; others are dropped before the function. */
export function admitsRecords(
  event: Json,
  { filters }: Trigger,
  view: (record: JsonObject, pattern: JsonObject) => Json = (record) => record,
): boolean {
  if (filters === undefined || filters.length === 0) return true
  return recordsOf(event).every((record) => filters.some((pattern) => matchesPattern(view(record, pattern), pattern)))
}

export const recordsOf = (event: Json): readonly JsonObject[] => {
  const records = isJsonObject(event) ? event['Records'] : undefined
  return Array.isArray(records) ? records.filter(isJsonObject) : []
}

/** The first few filters: a template for each of them, so that every kind of record is tried. */
export const filtersOf = ({ filters = [] }: Trigger): readonly (JsonObject | undefined)[] =>
  filters.length === 0 ? [undefined] : filters.slice(0, 5)

/** A sub-pattern, or undefined when the pattern says nothing of it. */
export const under = (pattern: JsonObject | undefined, key: string): JsonObject | undefined => {
  const value = pattern?.[key]
  return isJsonObject(value) ? value : undefined
}
