import { type EventSource, isJsonObject, type Json, type JsonObject, type Trigger } from '../model/index.js'
import { filtersOf } from './admit-records.js'
import { putOf } from './capture/messages.js'
import { matchesPattern } from './event-pattern.js'
import { eventbridgeEvent, eventbridgeTemplate, type PutEvent, supplyDetail } from './eventbridge-event.js'
import { fitPattern } from './fit-pattern.js'
import { readEventSchema } from './read-schema.js'
import { cliOption } from './shell-words.js'

const wireOf = (wire: Json): PutEvent => wire as unknown as PutEvent

/** Events of a bus or a schedule, as a rule hands them over. */
export const eventbridge: EventSource = {
  id: 'eventbridge',
  service: 'Amazon EventBridge',
  contract: 'async',
  get schema() {
    return readEventSchema('eventbridge')
  },
  templates: (trigger) => filtersOf(trigger).map((filter) => fitEvent(eventbridgeTemplate(), filter)),
  honour: (sample, trigger) => {
    const filters = filtersOf(trigger)
    return fitEvent(sample as JsonObject, filters[wireOf(sample).time % filters.length])
  },
  toEvent: eventbridgeEvent,
  fromEvent: putOf,
  admits: (event, { filters = [] }: Trigger) => filters.length === 0 || filters.some((filter) => matchesPattern(event, filter)),
  supply: (wire, pointer, value) => (isService(wireOf(wire)) ? undefined : supplyDetail(wire, '', pointer, value)),
  // AWS: nobody but AWS itself puts an event with such a source; a schedule has nothing that anybody could choose.
  fixed: (wire) => (isService(wireOf(wire)) ? ['/source', '/detailType', '/detail', '/resources'] : []),
  recipe,
}

const isService = ({ source }: PutEvent): boolean => source.startsWith('aws.')

/** The event with what a rule's pattern asks of it. */
function fitEvent(wire: JsonObject, pattern: JsonObject | undefined): Json {
  if (pattern === undefined) return wire
  const { source, detailType, detail, resources, account } = wireOf(wire)
  const { 'detail-type': type, ...rest } = pattern
  const sent: JsonObject = { source, detailType, detail, resources, account }
  const asked = type === undefined ? rest : { ...rest, detailType: type }
  const fitted = fitPattern(sent, onlyKnown(asked)) as JsonObject
  // A pattern on a list names one of its items.
  const listed = Array.isArray(fitted['resources']) ? fitted['resources'] : [fitted['resources'] ?? []].flat()
  return { ...wire, ...fitted, detail: isJsonObject(fitted['detail']) ? fitted['detail'] : {}, resources: listed }
}

/** `$or` and what only EventBridge fills in are left to `admits`. */
const onlyKnown = (pattern: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(pattern).filter(([key]) => ['source', 'detailType', 'detail', 'resources', '$or'].includes(key)),
  )

function recipe(input: Json): readonly string[] {
  const wire = wireOf(input)
  if (isService(wire)) return [`# AWS itself sends ${wire.source.replace(/[^\w.]/g, '')}: nobody else can`]
  const entry = {
    Source: wire.source,
    DetailType: wire.detailType,
    Detail: JSON.stringify(wire.detail),
    Resources: wire.resources,
  }
  return [`aws events put-events ${cliOption('entries', JSON.stringify([entry]))}`]
}
