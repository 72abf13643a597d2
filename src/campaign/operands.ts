import {
  type CaseMaker,
  type Comparison,
  type Draft,
  getAt,
  type InsertionPoint,
  type Json,
  NOW,
  SLOT,
  type Trial,
} from '../model/index.js'
import { answeringPart } from './captured.js'
import { answeringType } from './content-types.js'
import { answeringJoined } from './joined.js'
import { inText, kept, placed } from './leaf-parts.js'
import { matching } from './matching.js'
import { isFolded, otherCases } from './other-cases.js'

/** A draft in which one comparison goes the other way; `key` names field, operator and operand. */
export interface Answering {
  readonly key: string
  /** The same for every text that stood in the field when it was asked; absent where it is asked once. */
  readonly question?: string
  readonly draft: Draft
  /** The same in other cases, where the function does not mind the case everywhere: for when the answer itself did not help. */
  readonly otherwise?: readonly Draft[]
}

/** Numbers that stand in leaves of a numeric look: `PLANTED + i` for the i-th. */
export const PLANTED = 700_000_000

/** Drafts that answer what event data was compared with: the other operand, its neighbours, prefix and suffix, a match of the pattern. */
export function answering(maker: CaseMaker, trial: Trial, comparison: Comparison): Answering[] {
  const { draft, canaries } = trial.case
  if (comparison.op === 'case') return []
  if (METHOD.test(comparison.text)) return answeringMethod(maker, draft, comparison)
  if (comparison.text === '$default') return answeringRoute(maker, draft, comparison)
  if (comparison.op === 'name') return answeringName(maker, draft, comparison)
  if (holds(comparison) && comparison.op !== 'split') return []
  const text = comparison.text.toLowerCase()
  const [first, ...more] = canaries.filter(({ canary }) => text.includes(canary))
  if (first === undefined)
    return answeringType(maker, draft, comparison) ?? answeringPart(maker, trial, comparison, valuesFor(comparison))
  if (more.length > 0) return answeringJoined(maker, trial, comparison)
  const { point, canary } = first
  const leaf = getAt(draft.wire, point.wire)
  const template = typeof leaf === 'string' ? leaf : SLOT
  const key = `${point.wire} ${template === SLOT ? '' : template} ${comparison.op} ${plainOther(comparison, canaries)}`
  const twin = canaries.find((one) => one.canary !== canary && String(comparison.other).toLowerCase() === one.canary)
  if (twin !== undefined) {
    const same = maker.withValue(maker.withValue(draft, point, 'same-1'), twin.point, 'same-1')
    return [{ key, draft: same }]
  }
  if (holds(comparison))
    return furtherPart(template, String(comparison.other)).map((leaf) => ({ key, draft: maker.withValue(draft, point, leaf) }))
  const cookie = /^([\w-]+)=/.exec(String(comparison.other))?.[1]
  if (point.wire.startsWith('/cookies/') && cookie !== undefined)
    return [{ key, draft: maker.withValue(draft, { ...point, wire: `/cookies/${cookie}` }, SLOT) }]
  if (comparison.op === 'isArray')
    return point.encodings.at(-1) === 'json-string' ? [{ key, draft: maker.withValue(draft, point, LIST) }] : []
  if (comparison.op === 'typeof' && point.wire.endsWith('/S')) return answeringAttribute(maker, draft, point, comparison)
  if (repeats(comparison.text, String(comparison.other))) return []
  const leavesFor = (value: Json) => placed(template, canary, comparison.text, inText(value, canary, comparison), point)
  const folded = isFolded(trial, canary, comparison)
  return [...valuesFor(comparison), ...timesFor(comparison, point)].flatMap((value) =>
    [...kept(template, canary, comparison), ...leavesFor(value)].map((leaf, i) => ({
      question: `${point.wire} ${comparison.op} ${plainOther(comparison, canaries)}`,
      key: `${key} ${JSON.stringify(value)}${i === 0 ? '' : ` ${i}`}`,
      draft: maker.withValue(draft, point, leaf),
      ...(folded && i === 0 && { otherwise: otherCases(value).map((one) => maker.withValue(draft, point, leavesFor(one)[0]!)) }),
    })),
  )
}

/** It was given twice, and is still asked for: another time would not help either. */
const repeats = (text: string, part: string): boolean => part !== '' && text.split(part).length > 2

/** Values of an attribute of DynamoDB that is no text: a small number and a large one. */
const ATTRIBUTES: Readonly<Record<string, readonly Json[]>> = {
  number: [{ N: '3' }, { N: '1000' }],
  boolean: [{ BOOL: true }, { BOOL: false }],
  object: [{ M: {} }, { L: [{ S: SLOT }] }],
}

function answeringAttribute(maker: CaseMaker, draft: Draft, point: InsertionPoint, { other }: Comparison): Answering[] {
  const at = { ...point, wire: point.wire.slice(0, -'/S'.length) }
  return (ATTRIBUTES[String(other)] ?? []).map((value) => ({
    key: `${at.wire} ${JSON.stringify(value)}`,
    draft: maker.withValue(draft, at, value),
  }))
}

const MOST_PARTS = 3

/** It is split already: somebody may ask for a second and a third part. */
const furtherPart = (template: string, separator: string): readonly Json[] => {
  const parts = separator === '' ? MOST_PARTS : template.split(separator).filter((part) => part !== '').length
  return parts < MOST_PARTS ? [`${template}${separator}${SLOT}`] : []
}

/** Long enough for most who ask for several. */
const LIST: Json = [SLOT, SLOT, SLOT, SLOT]
const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/

/** The method of a request is no free text: it is told by its value. */
function answeringMethod(maker: CaseMaker, draft: Draft, { op, text, other }: Comparison): Answering[] {
  const at = '/method'
  if (getAt(draft.wire, at) !== text || !METHOD.test(String(other)) || !/^[!=]==?$/.test(op)) return []
  // A route with a method of its own takes no other.
  if (!/^(?:ANY |\$default$)/.test(String(getAt(draft.wire, '/route')))) return []
  const point: InsertionPoint = { wire: at, control: 'attacker', encodings: [], kind: 'leaf' }
  const sent = maker.withValue(draft, point, other)
  // What has a body is sent with one: the function looks into it next.
  const body = /^P/.test(String(other)) && getAt(draft.wire, '/body/kind') === 'none'
  const made = body ? maker.withValue(sent, { ...point, wire: '/body' }, { kind: 'json', value: {} }) : sent
  return [{ key: `${at} ${String(other)}`, draft: made }]
}

/** A route of a WebSocket API: most choose it by the `action` of a message. */
function answeringRoute(maker: CaseMaker, draft: Draft, { op, other }: Comparison): Answering[] {
  const route = String(other)
  if (getAt(draft.wire, '/kind') !== 'message' || !/^[!=]==?$/.test(op) || !/^[\w-]{1,64}$/.test(route)) return []
  const point: InsertionPoint = { wire: '/route', control: 'attacker', encodings: [], kind: 'leaf' }
  const chosen = maker.withValue(draft, point, route)
  const message = { kind: 'json', value: { action: route } }
  return [{ key: `/route ${route}`, draft: maker.withValue(chosen, { ...point, wire: '/body' }, message) }]
}

/** The function goes through headers, cookies or parameters and looks for one of another name. */
function answeringName(maker: CaseMaker, draft: Draft, { text, other }: Comparison): Answering[] {
  const name = String(other)
  if (!/^[\w.-]{1,64}$/.test(name) || METHOD.test(name)) return []
  const cookie: InsertionPoint = { wire: `/cookies/${name}`, control: 'attacker', encodings: ['header'], kind: 'leaf' }
  const where = getAt(draft.wire, `/query/${text}`) === undefined ? '/headers/' : '/queryStringParameters/'
  const made =
    getAt(draft.wire, `/cookies/${text}`) === undefined
      ? maker.supply(draft, where + name, SLOT)
      : maker.withValue(draft, cookie, SLOT)
  return made === undefined ? [] : [{ key: `${where}${name} named`, draft: made }]
}

/** It is so already: answering it again would only repeat the prefix. */
function holds({ op, text, other }: Comparison): boolean {
  const is: Readonly<Record<string, () => boolean>> = {
    startsWith: () => text.startsWith(String(other)),
    endsWith: () => text.endsWith(String(other)),
    includes: () => text.includes(String(other)),
    indexOf: () => text.includes(String(other)),
    split: () => text.includes(String(other)),
  }
  return Object.hasOwn(is, op) && is[op]!()
}

/** Another leaf's canary is another one in the next run. */
const plainOther = ({ other }: Comparison, canaries: Trial['case']['canaries']): string =>
  canaries.find(({ canary }) => String(other).toLowerCase().includes(canary))?.point.wire ?? String(other)

/** What has the type that was asked for: even, odd; both answers; something to look into. */
const TYPED: Readonly<Record<string, readonly Json[]>> = { number: [1_000, 7], boolean: [true, false], object: [{}, LIST] }

/** Values for the place where the canary stands; SLOT in them keeps it. */
function valuesFor({ op, other }: Comparison): readonly Json[] {
  const text = String(other)
  switch (op) {
    case 'typeof':
      return TYPED[text] ?? []
    case 'startsWith':
      // An origin goes on as another name of a host, or with a path.
      return [`${text}${SLOT}`, ...(/^https?:\/\/[^/]+$/.test(text) ? [`${text}${SLOT}/${SLOT}`, `${text}/${SLOT}`] : [])]
    case 'includes':
    case 'indexOf':
      return [`${text}${SLOT}`]
    case 'endsWith':
      return [`${SLOT}${text}`]
    case 'split':
      return text === '' ? [] : [`${SLOT}${text}${SLOT}`]
    case 'method':
      return [] // the names are answered one by one
    case 'url':
      return [`https://${SLOT}.example.invalid/x`]
    case '<':
    case '>':
    case '<=':
    case '>=':
      return typeof other === 'number' ? neighbours(other) : []
    default:
      // What is replaced or split asks for nothing.
      return op.startsWith('regex:') ? matching(text, op.slice(6)) : op.startsWith('pattern:') ? [] : [other]
  }
}

const TIMES = /time|stamp|epoch|date|(?:^|[-_/])ts(?:$|[-_/])/i

/** A number that is a moment: freshness is checked against the clock. */
const timesFor = ({ op, other }: Comparison, { wire }: InsertionPoint): readonly Json[] =>
  op === 'typeof' && other === 'number' && TIMES.test(wire) ? NOW : []

const neighbours = (n: number): readonly number[] => (Number.isFinite(n) ? [n, n - 1, n + 1] : [])

/** The draft with a number of its own in every leaf that is free; the numbers' points in their order. */
export function numeric(maker: CaseMaker, draft: Draft): { readonly draft: Draft; readonly points: readonly InsertionPoint[] } {
  const free = maker.points(draft).filter((point) => point.kind === 'leaf' && getAt(draft.wire, point.wire) === SLOT)
  const numbers = free.reduce((made, point, i) => maker.withValue(made, point, numberFor(point, PLANTED + i)), draft)
  return { draft: numbers, points: free }
}

const numberFor = ({ encodings }: InsertionPoint, n: number): Json => (encodings.at(-1) === 'json-string' ? n : String(n))

/** The same answers for a planted number: `base` is the draft without the numbers. */
export function answeringNumber(
  maker: CaseMaker,
  base: Draft,
  points: readonly InsertionPoint[],
  comparison: Comparison,
): Answering[] {
  const point = points[Number(comparison.text) - PLANTED]
  if (point === undefined || typeof comparison.other !== 'number') return []
  return valuesFor(comparison).map((value) => ({
    key: `${point.wire} ${comparison.op} ${JSON.stringify(value)}`,
    draft: maker.withValue(base, point, typeof value === 'number' ? numberFor(point, value) : value),
  }))
}
