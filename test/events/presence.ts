import { isJsonObject, type Json, type JsonObject } from '#src/model/index.js'

/** How often an optional (or nullable) field was there, of how many objects that could hold it. */
export interface Presence {
  readonly present: number
  readonly of: number
  /** The schema says `x-rare`: our events never hold it. `x-filled`: they always do. */
  readonly rare: boolean
  readonly filled: boolean
}

/** Every optional field of a schema, at any depth, by pointer with `*` for items and free names; a `$ref` is followed once. */
export function presenceOf(root: JsonObject, events: readonly Json[]): ReadonlyMap<string, Presence> {
  const counts = new Map<string, { present: number; of: number; rare: boolean; filled: boolean }>()
  const count = (pointer: string, present: boolean | null) => {
    const entry = counts.get(pointer) ?? { present: 0, of: 0, rare: false, filled: false }
    counts.set(pointer, entry)
    if (present === null) return
    entry.of++
    if (present) entry.present++
  }
  const annotate = (pointer: string, schema: Json) => {
    const entry = counts.get(pointer)
    if (entry === undefined || !isJsonObject(schema)) return
    entry.rare ||= typeof schema['x-rare'] === 'string'
    entry.filled ||= schema['x-filled'] === true
  }
  const visit = (raw: Json | undefined, values: readonly Json[], pointer: string, refs: readonly string[]): void => {
    // Of what our events never hold, nothing below is there either.
    if (!isJsonObject(raw) || typeof raw['x-rare'] === 'string') return
    const ref = typeof raw['$ref'] === 'string' ? raw['$ref'] : undefined
    if (ref !== undefined) {
      if (!refs.includes(ref)) visit((root['$defs'] as JsonObject)[ref.replace('#/$defs/', '')], values, pointer, [...refs, ref])
      return
    }
    // Each branch counts for itself: what one always holds another may never.
    for (const [i, branch] of ((raw['anyOf'] as readonly Json[] | undefined) ?? []).entries()) {
      const meant = values.filter((value) => isMeant(branch, value))
      visit(branch, meant, `${pointer}<${i}>`, refs)
    }
    visit(
      raw['items'],
      values.flatMap((value) => (Array.isArray(value) ? (value as readonly Json[]) : [])),
      `${pointer}/*`,
      refs,
    )
    const objects = values.filter(isJsonObject)
    const named = isJsonObject(raw['properties']) ? raw['properties'] : {}
    const free = objects.flatMap((object) =>
      Object.keys(object)
        .filter((key) => !Object.hasOwn(named, key))
        .map((key) => object[key]!),
    )
    visit(raw['additionalProperties'], free, `${pointer}/*`, refs)
    for (const [key, schema] of Object.entries(named)) {
      const optional = !((raw['required'] as readonly Json[] | undefined) ?? []).includes(key) || isNullable(schema)
      if (optional) count(`${pointer}/${key}`, null)
      annotate(`${pointer}/${key}`, schema)
      if (optional) for (const object of objects) count(`${pointer}/${key}`, (object[key] ?? null) !== null)
      visit(
        schema,
        objects.filter((object) => Object.hasOwn(object, key)).map((object) => object[key]!),
        `${pointer}/${key}`,
        refs,
      )
    }
  }
  visit(root, events, '', [])
  return counts
}

function isNullable(schema: Json): boolean {
  if (!isJsonObject(schema)) return false
  const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']]
  return types.includes('null') || ((schema['anyOf'] as readonly Json[] | undefined) ?? []).some(isNullable)
}

/** True unless the value holds another constant, at any depth, than the branch asks for. */
function isMeant(branch: Json, value: Json | undefined): boolean {
  if (!isJsonObject(branch) || value === undefined) return true
  if ('const' in branch) return branch['const'] === value
  if (Array.isArray(branch['enum'])) return branch['enum'].includes(value)
  if (typeof value === 'string' && typeof branch['pattern'] === 'string') return new RegExp(branch['pattern'], 'u').test(value)
  const named = isJsonObject(branch['properties']) ? branch['properties'] : {}
  return !isJsonObject(value) || Object.entries(named).every(([key, schema]) => isMeant(schema, value[key]))
}
