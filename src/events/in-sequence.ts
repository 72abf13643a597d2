import type { EventSource, Json, JsonObject, Step, Taken, Trigger } from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'
import { shellWord } from './shell-words.js'

interface Wire {
  readonly first: Json
  readonly second: Json
}

/** What the second event needs of the answer to the first, and the text in it that stands for that. */
export interface Chained {
  readonly takes: Taken | undefined
}

/**
 * Two events of one trigger, one after the other: its wire input is `{first, second}`, and the first is there to be attacked. The
 * second stays what it was: it meets what the first one left behind.
 */
export function inSequence(source: EventSource, trigger: Trigger, { takes }: Chained): EventSource {
  const parts = (wire: Json) => wire as unknown as Wire
  const isValid = ownSchema(source.schema, { validateFormats: false })
  const { supply: _supply, given: _given, batch: _batch, answers: _answers, ...rest } = source
  return {
    ...rest,
    schema: chainedSchema(source.schema),
    templates: () => [],
    honour: (sample) => sample,
    supply: () => undefined,
    toEvent: (wire, own) => source.toEvent(parts(wire).second, own),
    fixed: (wire) => ['/second', ...(source.fixed?.(parts(wire).first) ?? []).map((pointer) => `/first${pointer}`)],
    fromEvent: () => undefined,
    steps: (text, wire): readonly Step[] | undefined => {
      const first = source.toEvent(parts(wire).first, trigger)
      if (!isValid(first) || source.admits?.(first, trigger) === false) return undefined
      const second = { text, warm: true, ...(takes && { takes }) }
      return [{ text: JSON.stringify(first), warm: true }, second]
    },
    recipe: (wire, own) => [
      ...source.recipe(parts(wire).first, own),
      ...(takes === undefined ? [] : [`# ${shellWord(takes.marker)} stands for ${takes.at} of the answer`]),
      ...source.recipe(parts(wire).second, own),
    ],
  }
}

function chainedSchema({ $id: _one, ...schema }: JsonObject): JsonObject {
  const defs = (schema['$defs'] ?? {}) as JsonObject
  const one = { $ref: '#/$defs/oneWire' }
  const wire = { type: 'object', required: ['first', 'second'], properties: { first: one, second: one } }
  return { ...schema, $defs: { ...defs, oneWire: defs['wire'] ?? {}, wire } }
}
