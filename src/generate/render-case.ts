import type { ValidateFunction } from 'ajv/dist/2020.js'
import type {
  Case,
  CaseId,
  Draft,
  EventSource,
  InsertionPoint,
  Json,
  JsonObject,
  PlantedCanary,
  Step,
  Trigger,
} from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'
import { fill } from './fill.js'
import type { Given } from './given.js'
import { injectionOf } from './injection.js'
import { pointsOf } from './points.js'
import { markerOf, renderTokens } from './render.js'
import { isSigned, stamper } from './stamp.js'

const validators = new WeakMap<EventSource, ValidateFunction>()

interface Making {
  readonly source: EventSource
  readonly trigger: Trigger
  readonly wireSchema: JsonObject
  readonly given: Given
}

/** The draft with canaries of its own as an event of its source; undefined when the service would not deliver it. */
export function render(
  { source, trigger, wireSchema, given }: Making,
  draft: Draft,
  markers: { tag: number; caseNumber: number },
): Case | undefined {
  const canaries: PlantedCanary[] = []
  const wire = fill(given.to(draft.wire), '', (template, pointer) => {
    const site = canaries.length
    const rendered = renderTokens(template, markers, site)
    if (rendered !== template)
      canaries.push({ canary: markerOf(markers, site, 'canary'), point: pointAt(source, wireSchema, draft, pointer) })
    return rendered
  })
  const event = source.toEvent(wire, trigger)
  if (!validatorOf(source)(event) || source.admits?.(event, trigger) === false) return undefined
  const stamp = stamper(event)
  const plain = JSON.stringify(event)
  const text = stamp?.(plain) ?? plain
  const steps = source.steps === undefined ? [oneStep(source, text, wire)] : source.steps(text, wire)
  if (steps === undefined) return undefined
  const at = draft.placed?.point.wire
  const site = canaries.findIndex(({ point }) => at !== undefined && (point.wire === at || point.wire.startsWith(`${at}/`)))
  return {
    id: `${source.id}-${markers.caseNumber}` as CaseId,
    source: source.id,
    contract: source.contract,
    surface: draft.surface,
    stage: draft.stage,
    steps,
    draft,
    wire: stamp === undefined ? wire : (JSON.parse(stamp(JSON.stringify(wire))) as Json),
    ...(isSigned(draft.wire) && { signed: true }),
    canaries,
    injection: injectionOf(draft, markers, site),
  }
}

const oneStep = (source: EventSource, text: string, wire: Json): Step => ({
  text,
  warm: true,
  ...(source.answers && { answers: source.answers(wire) }),
})

function validatorOf(source: EventSource): ValidateFunction {
  const check = validators.get(source) ?? ownSchema(source.schema, { validateFormats: false })
  validators.set(source, check)
  return check
}

function pointAt(source: EventSource, wireSchema: JsonObject, draft: Draft, pointer: string): InsertionPoint {
  if (draft.placed !== null && (pointer === draft.placed.point.wire || pointer.startsWith(`${draft.placed.point.wire}/`))) {
    return { ...draft.placed.point, wire: pointer }
  }
  let known = pointCache.get(draft)
  if (known === undefined) {
    known = new Map(pointsOf(source, wireSchema, draft).map((point) => [point.wire, point]))
    pointCache.set(draft, known)
  }
  return known.get(pointer) ?? { wire: pointer, control: 'service', encodings: [], kind: 'leaf' }
}

const pointCache = new WeakMap<Draft, Map<string, InsertionPoint>>()
