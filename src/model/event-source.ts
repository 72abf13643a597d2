import type { ResponseContract, SourceId, Step, Surface } from './case.js'
import type { Json, JsonObject } from './json.js'
import type { AwsFixture, Trigger } from './target.js'

/** One trigger of Lambda: what may be sent (wire), what the function then gets (event), how to send it for real (recipe). */
export interface EventSource {
  readonly id: SourceId
  /** The AWS service's name, for people. */
  readonly service: string
  readonly contract: ResponseContract
  /** Who can send it; absent: whoever the service lets in. */
  readonly surface?: Surface
  /** schemas/events/<id>.schema.json: the event; its `$defs.wire` describes the wire input. */
  readonly schema: JsonObject
  /** Benign wire inputs, most usual first: what cases are mutations of. `names` are property names the function seems to read. */
  templates(trigger: Trigger, names: readonly string[]): readonly Json[]
  /** A sampled wire input made to agree with the owner's configuration (routes, names, keys, view type). */
  honour(sample: Json, trigger: Trigger): Json
  /** The event that the service makes of this wire input. Pure. */
  toEvent(wire: Json, trigger: Trigger): Json
  /** False: the owner's configuration (filter, request validator, notification rule) keeps the service from handing this event over. */
  admits?(event: Json, trigger: Trigger): boolean
  /** Wire input with the value that the handler looked for at `pointer` and did not find, or undefined when nobody can deliver it. */
  supply(wire: Json, pointer: string, value: Json, trigger: Trigger): Json | undefined
  /** Objects of the wire input that the owner's configuration puts into every event, such as what an authorizer says: once known to be read, they are always there. */
  given?(trigger: Trigger): readonly string[]
  /** Wire pointers, with all below them, that reach nothing in this input, though its schema leaves them to the sender: another route, queue or view type would carry them. */
  fixed?(wire: Json): readonly string[]
  /** Batch sources: where the records stand in the wire input, and wire records that a consumer cannot read. */
  readonly batch?: { readonly at: string; poison(record: Json): readonly Json[] }
  /** What AWS is to answer while the function works on this input, where that is part of the input. */
  answers?(wire: Json): readonly AwsFixture[]
  /** Several steps instead of one: the same event delivered again, or one after another. Undefined when the service would not hand one of them over. */
  steps?(text: string, wire: Json): readonly Step[] | undefined
  /** The wire input behind an event that was captured in life, without secrets; undefined for an event of another source. */
  fromEvent(event: Json): Json | undefined
  /** Shell commands that make the service deliver this wire input. */
  recipe(wire: Json, trigger: Trigger): readonly string[]
}
