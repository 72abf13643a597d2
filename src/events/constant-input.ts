import type { EventSource, Json } from '../model/index.js'

/** A rule or schedule with a constant `Input`: the function always gets that value, and nobody has a say in it. */
export const constantInput = (source: EventSource, input: Json): EventSource => ({
  id: source.id,
  service: source.service,
  contract: source.contract,
  schema: { $defs: { wire: { const: input } } },
  templates: () => [input],
  honour: () => input,
  toEvent: () => input,
  supply: () => undefined,
  fromEvent: () => undefined,
  recipe: () => ['# The rule itself sends its constant input: nobody can choose it'],
})
