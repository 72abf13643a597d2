/** Events of AWS Lambda triggers for tests of any kind: `import { eventArbitrary } from 'eventfuzz/events'`. */
import type fc from 'fast-check'
import { oneOf } from './cli/options.js'
import { type Generated, generate } from './commands/generate.js'
import { sourceId } from './config/index.js'
import { sourceOf } from './events/index.js'
import type { EventTypes } from './events/types/index.js'
import { compile, type Violation, violationsOf, wireSchemaOf } from './generate/index.js'
import {
  GENERATED_STAGES,
  type GeneratedStage,
  type Json,
  type JsonObject,
  SOURCE_IDS,
  type SourceId,
  type Trigger,
} from './model/index.js'

export type { Generated } from './commands/generate.js'
/** The event of each source, made of the schemas in schemas/events/. */
export type * from './events/types/index.js'
export type { Violation } from './generate/index.js'
export type { GeneratedStage as Stage, Json, JsonObject, SourceId, Trigger } from './model/index.js'

/** Every event source, such as 'sqs' or 'apigw-v2'. */
export const sources: readonly SourceId[] = SOURCE_IDS

export interface EventOptions {
  /** How the function is triggered: routes, the name of the queue or bucket, batch size, filters. Default: anything that may be. */
  readonly trigger?: Trigger
}

export interface EventsOptions extends EventOptions {
  /** From honest to broken: valid, boundary, hostile, inconsistent, negative, malformed, sequence. Default: 'valid'. */
  readonly stage?: GeneratedStage
  /** At most so many; fewer where a stage has no more. Default: 100. */
  readonly count?: number
  /** A whole number; the same seed gives the same events to the byte. Default: 0. */
  readonly seed?: number
  /** With the shell commands that make the service deliver each event. */
  readonly recipe?: boolean
  /** With an account of each event: what is special about it, and which fields somebody else chooses. */
  readonly explain?: boolean
  /** Directory of payload files of your own, for stage hostile. */
  readonly payloads?: string
}

/**
 * An arbitrary of fast-check: valid events as the service hands them over, each a fresh object. Shrinks to small events that are valid
 * too. The type is made of the schema; name another where a handler asks for it: `eventArbitrary<SNSEvent>('sns')`. Throws a
 * ConfigError that lists the sources for one that there is not.
 */
export function eventArbitrary<Id extends SourceId>(source: Id, options?: EventOptions): fc.Arbitrary<EventTypes[Id]>
export function eventArbitrary<Event>(source: SourceId, options?: EventOptions): fc.Arbitrary<Event>
export function eventArbitrary(source: SourceId, { trigger = {} }: EventOptions = {}): fc.Arbitrary<unknown> {
  const known = sourceOf(sourceId(source), trigger)
  return compile(known.schema, wireSchemaOf(known)).map((wire) => asSeen(known.toEvent(known.honour(wire, trigger), trigger)))
}

/** Values of a JSON Schema 2020-12 whose references all stay inside it. Throws where no value can be valid, and says which keyword. */
export function schemaArbitrary(schema: JsonObject | boolean): fc.Arbitrary<Json> {
  return compile(typeof schema === 'boolean' ? {} : schema, schema)
}

/** Events of one source and stage with labels that say what each is about; each `events` holds JSON texts, more than one in a sequence. */
export function events(source: SourceId, options: EventsOptions = {}): Generator<Generated> {
  const { stage = 'valid', count = 100, seed = 0, ...rest } = options
  return generate({ source: sourceId(source), stage: oneOf(stage, 'stage', GENERATED_STAGES), count, seed, ...rest })
}

/** What is wrong with an event as one of this source: empty when the service could have sent it. Throws a TypeError for what is no JSON. */
export function validate(source: SourceId, event: unknown): readonly Violation[] {
  return violationsOf(sourceOf(sourceId(source)).schema, asSeen(event))
}

/** Shell commands that make the service deliver such an event; none for an event of another source. Secrets in it are left out. */
export function recipe(source: SourceId, event: unknown, { trigger = {} }: EventOptions = {}): readonly string[] {
  const known = sourceOf(sourceId(source), trigger)
  const wire = known.fromEvent(asSeen(event))
  return wire === undefined ? [] : known.recipe(wire, trigger)
}

/** The JSON Schema 2020-12 of a source's events; `x-control`, `x-encoding` and `x-consistent` say who controls a field, and how. */
export function schemaOf(source: SourceId): JsonObject {
  return sourceOf(sourceId(source)).schema
}

/** As the function gets it: through JSON. */
const asSeen = (event: unknown): Json => JSON.parse(JSON.stringify(event ?? null)) as Json
