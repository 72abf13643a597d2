import type { ValidateFunction } from 'ajv/dist/2020.js'
import {
  type Case,
  type CaseId,
  type CaseMaker,
  type Draft,
  type EventSource,
  escapeToken,
  getAt,
  type InsertionPoint,
  isJsonObject,
  type Json,
  type JsonObject,
  type Payload,
  type PayloadFamily,
  type PlantedCanary,
  type Trigger,
} from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'
import { boundaries } from './boundary.js'
import { editAt, removeAt, setAt, withProperty } from './edit.js'
import { fill } from './fill.js'
import { findPointers } from './find-pointers.js'
import { fitsFamily } from './fits-family.js'
import { fitted } from './fitted.js'
import { framed, hasContext, isMarked } from './framed.js'
import { Given } from './given.js'
import { injectionOf } from './injection.js'
import { type Leaf, walk } from './leaves.js'
import { flattened, nestedPointer } from './nested.js'
import { objectsAt } from './objects-at.js'
import { poisoned } from './poisoned.js'
import { markerOf, renderTokens } from './render.js'
import { sampleWires } from './samples.js'
import { wireSchemaOf } from './wire-schema.js'

const validators = new WeakMap<EventSource, ValidateFunction>()

/** Cases of one source under one trigger. `tag` marks the run in every canary; `seeds` are wire inputs of captured events. */
export function caseMaker(source: EventSource, trigger: Trigger, tag: number, seeds: readonly Json[] = []): CaseMaker {
  const wireSchema = wireSchemaOf(source)
  const surface = source.surface ?? 'delivered'
  const template = (wire: Json): Draft => ({ surface, stage: 'valid', wire, placed: null, base: null, labels: [] })
  const given = new Given(source, trigger)
  const derive = (draft: Draft, change: Partial<Draft>): Draft => ({ ...draft, ...change })
  return {
    source: source.id,
    templates: (names, routes = []) => {
      const own = source.templates(trigger, names)
      const routed = trigger.routes === undefined && routes.length > 0 && own.some(hasRoute)
      return [...own, ...(routed ? source.templates({ ...trigger, routes }, names) : []), ...seeds].map(template)
    },
    supply(draft, pointer, value) {
      const wire = supplyNested(this, draft, pointer, value) ?? source.supply(draft.wire, pointer, value, trigger)
      if (wire !== undefined) given.learn(wire)
      return wire === undefined ? undefined : derive(draft, { wire })
    },
    fitted(draft, pointer, schema) {
      return fitted(this, draft, pointer, schema)
    },
    objectsAt(draft, pointers) {
      return objectsAt(this, draft, pointers)
    },
    *boundaries(draft) {
      const isFixed = fixedIn(source, draft)
      for (const edge of boundaries(source.schema, wireSchema, draft.wire)) {
        if (isFixed(edge.pointer)) continue
        yield derive(draft, { stage: 'boundary', wire: edge.wire, base: draft, labels: [`${edge.label} at ${edge.pointer}`] })
      }
    },
    samples: (seed, count) =>
      sampleWires(source, trigger, seed, count).map((wire) => ({ ...template(wire), labels: ['random valid event'] })),
    poisoned: (draft) => poisoned(source, draft),
    points: (draft) => pointsOf(source, wireSchema, draft),
    withValue: (draft, point, value) => derive(draft, { wire: setAt(draft.wire, point.wire, asSent(draft, point, value)) }),
    place: (draft, point, family, payload, inside) => place(source, draft, point, family, payload, inside),
    control: (draft) =>
      draft.placed === null ? draft : derive(draft, { wire: put(withoutKeys(draft), draft.placed.point, draft.placed.control) }),
    removable: (draft) => removable(source.schema, wireSchema, draft),
    without: (draft, pointers) => derive(draft, { wire: [...pointers].sort(deepestLast).reduceRight(removeAt, draft.wire) }),
    restore: (draft, from, pointer) => {
      const value = getAt(from.wire, pointer)
      return derive(draft, { wire: value === undefined ? removeAt(draft.wire, pointer) : setAt(draft.wire, pointer, value) })
    },
    render: (draft, number) => render({ source, trigger, wireSchema, given }, draft, { tag, caseNumber: number }),
    pointers: pointersIn,
    recipe: (made) => source.recipe(made.wire, trigger),
  }
}

/** What the function looked for in a text that it decodes itself: JSON in a query parameter, base64 in JSON. */
function supplyNested(maker: CaseMaker, draft: Draft, pointer: string, value: Json): Json | undefined {
  const made = pointer.includes('#') ? maker.render({ ...draft, wire: flattened(draft.wire) }, 0) : undefined
  const at = made === undefined ? undefined : nestedPointer(made, pointer)
  return at === undefined ? undefined : setAt(draft.wire, at, value)
}

const hasRoute = (wire: Json): boolean => getAt(wire, '/route') !== undefined

/** Outside JSON a sender has no numbers: where text stands, a number is its digits. */
const asSent = (draft: Draft, point: InsertionPoint, value: Json): Json =>
  typeof value === 'number' && !point.encodings.includes('json-string') && typeof getAt(draft.wire, point.wire) === 'string'
    ? String(value)
    : value

/** In the event, then in what AWS answered (`dynamodb:GetItem/Item/name/S`). */
function pointersIn(made: Case, marker: string): readonly string[] {
  const { text, answers = [] } = made.steps.at(-1)!
  const planted = answers.flatMap(({ service, operation, answer = {} }) =>
    findPointers(answer, marker).map((pointer) => `${service}:${operation}${pointer}`),
  )
  return [...findPointers(JSON.parse(text) as Json, marker), ...planted]
}

// Array items are removed from the end, so that the earlier numbers stay true.
const deepestLast = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

function fixedIn(source: EventSource, draft: Draft): (pointer: string) => boolean {
  const fixed = source.fixed?.(draft.wire) ?? []
  return (pointer) => fixed.some((one) => pointer === one || pointer.startsWith(`${one}/`))
}

/** Inside JSON a sender may put text anywhere; elsewhere the service takes no text for a number or one of a few words. */
const takesText = ({ schema, value, encodings }: Leaf): boolean =>
  encodings.includes('json-string') || (typeof value === 'string' && !('enum' in schema))

function pointsOf(source: EventSource, wireSchema: JsonObject, draft: Draft): readonly InsertionPoint[] {
  const { leaves, open } = walk(source.schema, wireSchema, draft.wire)
  const isFixed = fixedIn(source, draft)
  const reachable = (at: { control: string; pointer: string }) =>
    (at.control === 'attacker' || at.control === 'producer') && !isFixed(at.pointer)
  const leafPoints = leaves
    .filter((leaf) => reachable(leaf) && takesText(leaf))
    .map((leaf) => ({ wire: leaf.pointer, control: leaf.control, encodings: leaf.encodings, kind: 'leaf' as const }))
  const objects = open
    .filter(reachable)
    .map((at) => ({ wire: at.pointer, control: at.control, encodings: at.encodings, kind: 'object' as const }))
  return [...leafPoints, ...objects]
}

function removable(root: JsonObject, wireSchema: JsonObject, draft: Draft): readonly string[] {
  const kept = draft.placed?.point.wire
  const { optional } = walk(root, wireSchema, draft.wire)
  const free = (pointer: string) => kept === undefined || !(kept === pointer || kept.startsWith(`${pointer}/`))
  return optional.filter(free)
}

/** Puts a payload at a leaf, or merges its keys into an object whose keys the sender chooses. */
function put(wire: Json, point: InsertionPoint, value: Json): Json {
  if (point.kind === 'leaf' || !isJsonObject(value)) return setAt(wire, point.wire, value)
  const keys = Object.keys(value)
  return editAt(wire, point.wire, (old) =>
    keys.reduce<Json>((object, key) => withProperty(object as JsonObject, key, value[key]), isJsonObject(old) ? old : {}),
  )
}

function place(
  source: EventSource,
  draft: Draft,
  point: InsertionPoint,
  family: PayloadFamily,
  payload: Payload,
  inside = false,
): Draft | undefined {
  if (!fitsFamily(source.id, point, family, payload)) return undefined
  const old = point.kind === 'leaf' ? getAt(draft.wire, point.wire) : null
  const replace = payload.position === 'replace'
  if (inside && !(replace && hasContext(old) && isMarked(payload.value))) return undefined
  const value = framed(payload.value, replace && !inside, old)
  const control = framed(payload.control, replace && !inside, old)
  return {
    ...draft,
    stage: 'hostile',
    wire: put(draft.wire, point, value),
    placed: {
      family: family.id,
      payload: payload.id,
      point,
      control,
      keys: point.kind === 'object' && isJsonObject(value) ? Object.keys(value) : [],
    },
    base: draft.base ?? draft,
    labels: [`${family.id}/${payload.id} at ${point.wire}`],
  }
}

const withoutKeys = ({ wire, placed }: Draft): Json =>
  (placed?.keys ?? []).reduce((left, key) => removeAt(left, `${placed!.point.wire}/${escapeToken(key)}`), wire)

interface Making {
  readonly source: EventSource
  readonly trigger: Trigger
  readonly wireSchema: JsonObject
  readonly given: Given
}

function render(
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
  const text = JSON.stringify(event)
  const at = draft.placed?.point.wire
  const site = canaries.findIndex(({ point }) => at !== undefined && (point.wire === at || point.wire.startsWith(`${at}/`)))
  return {
    id: `${source.id}-${markers.caseNumber}` as CaseId,
    source: source.id,
    contract: source.contract,
    surface: draft.surface,
    stage: draft.stage,
    steps: source.steps?.(text, wire) ?? [{ text, warm: true, ...(source.answers && { answers: source.answers(wire) }) }],
    draft,
    wire,
    canaries,
    injection: injectionOf(draft, markers, site),
  }
}

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
