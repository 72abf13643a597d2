import { caseMaker, findPointers, setAt } from '../generate/index.js'
import {
  type Control,
  type EventSource,
  type GeneratedStage,
  getAt,
  type InsertionPoint,
  isJsonObject,
  type Json,
  type Trigger,
} from '../model/index.js'
import type { Made } from './generate.js'

/** An account of one generated input. */
export interface Explanation {
  /** Sentences for people. */
  readonly text: string
  /** Fields that others than the owner and AWS fill in. */
  readonly controlled: readonly Controlled[]
}

export interface Controlled {
  /** Where the function sees it: a JSON pointer that steps into strings with `#json`, `#base64`, `#form`. */
  readonly pointer: string
  /** The same field in what was sent to the service, as labels name it. */
  readonly wire: string
  /** Further places that show the same. */
  readonly also: readonly string[]
  /** attacker: whoever reaches the service. producer: somebody who may write to the queue, bucket, table or stream. */
  readonly control: Control
  /** How it is carried, outermost first. */
  readonly encodings: readonly string[]
  /** keys: the sender chooses the names in this object too. */
  readonly kind: 'value' | 'keys'
}

const STAGES: Readonly<Record<GeneratedStage, string>> = {
  valid: 'an honest event with random data',
  boundary: 'honest, but one field is at the edge of what the service lets through',
  hostile: 'deliverable, and one field carries a payload',
  inconsistent: 'every field is right by itself, but two that always agree do not',
  negative: 'broken in exactly one keyword of the schema at one place, so that no service sends it',
  malformed: 'the event is JSON, the text inside it that should be JSON is not',
  sequence: 'several events, handed over one after another',
}

/** What a generated input is about, and where a stranger's data stands in its first event. */
export function explain(source: EventSource, stage: GeneratedStage, made: Made, trigger: Trigger): Explanation {
  const controlled = controlledIn(source, made.wire, trigger)
  const surface = source.surface ?? 'delivered'
  const isDeliverable = (made.delivered || stage === 'sequence') && surface === 'delivered'
  const sentences = [
    `${source.id}, stage ${stage}: ${STAGES[stage]}.`,
    `Special: ${made.labels.map((label) => located(label, controlled)).join('; ')}.`,
    isDeliverable ? `${source.service} can hand it over.` : 'Only who may call lambda:InvokeFunction can send it.',
    said(controlled),
  ]
  return { text: sentences.join(' '), controlled }
}

/** Labels name what was sent; the function sees it elsewhere. */
function located(label: string, controlled: readonly Controlled[]): string {
  const wire = / at (\/\S*)$/.exec(label)?.[1]
  const field = wire === undefined ? undefined : controlled.find((one) => one.wire === wire)
  return field === undefined ? label : `${label} as sent, ${field.pointer} in the event`
}

function said(controlled: readonly Controlled[]): string {
  if (controlled.length === 0) return 'Nobody but the owner and AWS chooses what stands in it.'
  const one = ({ pointer, control, encodings, kind }: Controlled) =>
    `${pointer === '' ? 'the whole event' : pointer}${kind === 'keys' ? ' (names too)' : ''} by ${control === 'attacker' ? 'an attacker' : 'a producer'}${encodings.length > 0 ? ` through ${encodings.join(', ')}` : ''}`
  return `Chosen by others: ${controlled.map(one).join('; ')}.`
}

const MARKER = 'efexpla2neexz'

/** Each insertion point by itself, as the function sees it: a marker is put there, and looked for in the event. */
function controlledIn(source: EventSource, wire: Json, trigger: Trigger): readonly Controlled[] {
  const maker = caseMaker(source, trigger, 0)
  const draft = { surface: source.surface ?? 'delivered', stage: 'valid', wire, placed: null, base: null, labels: [] } as const
  const seen = new Map<string, Controlled>()
  for (const point of maker.points(draft)) {
    const [pointer, ...also] = pointersOf(source, wire, point, trigger)
    if (pointer === undefined) continue
    const kind = point.kind === 'object' ? 'keys' : 'value'
    seen.set(`${kind}${pointer}`, { pointer, wire: point.wire, also, control: point.control, encodings: point.encodings, kind })
  }
  return [...seen.values()]
}

function pointersOf(source: EventSource, wire: Json, point: InsertionPoint, trigger: Trigger): readonly string[] {
  if (point.kind === 'object') {
    const entry = sibling(wire, point)
    if (entry === undefined) return []
    const event = source.toEvent(setAt(wire, `${point.wire}/${MARKER}`, entry), trigger)
    const own = source.toEvent(wire, trigger)
    return unique(findPointers(event, MARKER).map((pointer) => holding(own, pointer.slice(0, pointer.lastIndexOf('/')))))
  }
  // A path stays one.
  const value = String(getAt(wire, point.wire)).startsWith('/') ? `/${MARKER}` : MARKER
  return unique(findPointers(source.toEvent(setAt(wire, point.wire, value), trigger), MARKER).map(withoutMarker))
}

/** A text that holds the marker may read as a form with the marker for a name. */
function withoutMarker(pointer: string): string {
  const at = pointer.indexOf(MARKER)
  return at < 0 ? pointer : pointer.slice(0, pointer.lastIndexOf('/', at)).replace(/#form$/, '')
}

/** A further name may come with a further item: the list is what holds it. */
function holding(event: Json, pointer: string): string {
  const plain = pointer.split('#')[0]!
  return getAt(event, plain) === undefined ? plain.slice(0, plain.lastIndexOf('/')) : pointer
}

/** What one more entry may hold: what another holds, and anything in JSON. */
function sibling(wire: Json, point: InsertionPoint): Json | undefined {
  const object = getAt(wire, point.wire)
  const [first] = isJsonObject(object) ? Object.values(object) : []
  return first ?? (point.encodings.at(-1) === 'json-string' ? MARKER : undefined)
}

const unique = (pointers: readonly string[]): readonly string[] => [...new Set(pointers)]
