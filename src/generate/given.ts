import { type EventSource, getAt, isJsonObject, type Json, type JsonObject, type Trigger } from '../model/index.js'
import { setAt } from './edit.js'

/** What the service adds to every event, as far as the function was seen to look for it. */
export class Given {
  readonly #known: Map<string, JsonObject>

  constructor(source: EventSource, trigger: Trigger) {
    this.#known = new Map((source.given?.(trigger) ?? []).map((pointer) => [pointer, {}]))
  }

  learn(wire: Json): void {
    for (const [pointer, before] of this.#known) {
      const value = getAt(wire, pointer)
      if (isJsonObject(value)) this.#known.set(pointer, { ...before, ...value })
    }
  }

  to(wire: Json): Json {
    let made = wire
    for (const [pointer, known] of this.#known) {
      const value = getAt(made, pointer)
      if (Object.keys(known).length > 0) made = setAt(made, pointer, { ...known, ...(isJsonObject(value) ? value : {}) })
    }
    return made
  }
}
