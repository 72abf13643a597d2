import {
  type Case,
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
  type Trigger,
} from '../model/index.js'
import { boundaries } from './boundary.js'
import { editAt, removeAt, setAt, withProperty } from './edit.js'
import { findPointers } from './find-pointers.js'
import { fitsFamily } from './fits-family.js'
import { fitted } from './fitted.js'
import { framed, hasContext, isMarked } from './framed.js'
import { Given } from './given.js'
import { isNamed, renamed } from './named-payload.js'
import { flattened, nestedPointer } from './nested.js'
import { objectsAt } from './objects-at.js'
import { fixedIn, pointsOf, removable, textMaps } from './points.js'
import { poisoned } from './poisoned.js'
import { render } from './render-case.js'
import { sampleWires } from './samples.js'
import { wireSchemaOf } from './wire-schema.js'

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
      return objectsAt(this, draft, pointers, textMaps(source, wireSchema, draft))
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
    tailored: () => [],
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
    complete: (draft) => derive(draft, { wire: given.to(draft.wire) }),
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

/** In the event, then in those before it (`event 1/body`), then in what AWS answered (`dynamodb:GetItem/Item/name/S`). */
function pointersIn({ steps }: Case, marker: string): readonly string[] {
  const { text, answers = [] } = steps.at(-1)!
  const inText = (json: string, before = '') => findPointers(JSON.parse(json) as Json, marker).map((at) => `${before}${at}`)
  const earlier = steps.flatMap((step, i) => (step.text === text ? [] : inText(step.text, `event ${i + 1}`)))
  const planted = answers.flatMap(({ service, operation, answer = {} }) =>
    findPointers(answer, marker).map((pointer) => `${service}:${operation}${pointer}`),
  )
  return [...inText(text), ...earlier, ...planted]
}

// Array items are removed from the end, so that the earlier numbers stay true.
const deepestLast = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

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
  const made = isNamed(payload) ? renamed(draft, point, payload) : putInto(draft, point, payload, replace && !inside)
  if (made === undefined) return undefined
  const { wire, ...at } = made
  return {
    ...draft,
    stage: 'hostile',
    wire,
    placed: { family: family.id, payload: payload.id, ...at },
    base: draft.base ?? draft,
    labels: [`${family.id}/${payload.id} at ${point.wire}`],
  }
}

function putInto(draft: Draft, point: InsertionPoint, payload: Payload, replace: boolean) {
  const old = point.kind === 'leaf' ? getAt(draft.wire, point.wire) : null
  const value = framed(payload.value, replace, old)
  const keys = point.kind === 'object' && isJsonObject(value) ? Object.keys(value) : []
  return { wire: put(draft.wire, point, value), point, control: framed(payload.control, replace, old), keys }
}

const withoutKeys = ({ wire, placed }: Draft): Json =>
  (placed?.keys ?? []).reduce((left, key) => removeAt(left, `${placed!.point.wire}/${escapeToken(key)}`), wire)
