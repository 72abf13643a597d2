import { createHash } from 'node:crypto'
import { setAt } from '../generate/index.js'
import {
  type AwsFixture,
  type Delivery,
  type EventSource,
  isJsonObject,
  type Json,
  type JsonObject,
  type PlantedAnswer,
  type Step,
} from '../model/index.js'
import { plantRecipe } from './plant-recipe.js'

interface Wire {
  readonly event: Json
  readonly answers?: Readonly<Record<string, JsonObject>>
}

/**
 * The same trigger in a world where others have written first: its wire input is `{event, answers}`, and only the answers are
 * there to be attacked. The event stays what it was.
 */
export function withAnswers(source: EventSource, planted: readonly PlantedAnswer[], delivery?: Delivery): EventSource {
  const under = (pointer: string) => `/event${pointer}`
  const inner = (wire: Json) => (wire as unknown as Wire).event
  return {
    ...source,
    schema: worldSchema(source.schema, planted),
    templates: (trigger, names) => source.templates(trigger, names).map((event) => worldOf(event, planted)),
    honour: (sample, trigger) => setAt(sample, '/event', source.honour(inner(sample), trigger)),
    toEvent: (wire, trigger) => source.toEvent(inner(wire), trigger),
    supply: (wire, pointer, value, trigger) => {
      const event = source.supply(inner(wire), pointer, value, trigger)
      return event === undefined ? undefined : setAt(wire, '/event', event)
    },
    given: (trigger) => (source.given?.(trigger) ?? []).map(under),
    fixed: () => ['/event'],
    fromEvent: () => undefined,
    answers: (wire) => answersOf(wire as unknown as Wire, planted),
    ...(delivery && {
      steps: (text: string, wire: Json) => delivered(text, answersOf(wire as unknown as Wire, planted), delivery),
    }),
    recipe: (wire, trigger) => [
      ...answersOf(wire as unknown as Wire, planted).flatMap((answer) => plantRecipe(answer)),
      ...source.recipe(inner(wire), trigger),
    ],
  }
}

/** The event twice: the fault stands in the first, a stale read in the second, nothing in either where it just comes again. */
function delivered(text: string, answers: readonly AwsFixture[], delivery: Delivery): readonly Step[] {
  const plain = { text, warm: true }
  if (delivery === 'again') return [plain, plain]
  const answered = { ...plain, answers }
  return delivery === 'after-fault' ? [answered, plain] : [plain, answered]
}

/** A wire input of the wrapped source: this event, and every answer as its template has it. */
export const worldOf = (event: Json, planted: readonly PlantedAnswer[]): Json => ({
  event,
  answers: Object.fromEntries(planted.map(({ label, template }) => [label, template])),
})

function worldSchema({ $id: _one, ...schema }: JsonObject, planted: readonly PlantedAnswer[]): JsonObject {
  const defs = isJsonObject(schema['$defs']) ? schema['$defs'] : {}
  const answers = { type: 'object', properties: Object.fromEntries(planted.map((one) => [one.label, one.schema])) }
  const wire = { type: 'object', required: ['event'], properties: { event: { $ref: '#/$defs/eventWire' }, answers } }
  return { ...schema, $defs: { ...defs, eventWire: defs['wire'] ?? {}, wire } }
}

function answersOf({ answers = {} }: Wire, planted: readonly PlantedAnswer[]): readonly AwsFixture[] {
  return planted
    .filter(({ label }) => Object.hasOwn(answers, label))
    .map(({ label, service, operation, when, fault, error, times }) => ({
      service,
      operation,
      when,
      ...(fault && { fault }),
      ...(times && { times }),
      ...(error ? { error } : { answer: checked(answers[label]!) }),
    }))
}

/** The SDK compares the MD5 of each message that it receives. */
function checked(answer: JsonObject): JsonObject {
  const { Messages } = answer
  if (!Array.isArray(Messages)) return answer
  return {
    ...answer,
    Messages: Messages.map((one: Json) =>
      isJsonObject(one) ? { ...one, MD5OfBody: createHash('md5').update(String(one['Body'])).digest('hex') } : one,
    ),
  }
}
