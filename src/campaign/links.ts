import {
  bodyDocument,
  type CaseMaker,
  type Draft,
  getAt,
  type InsertionPoint,
  isJsonObject,
  type Json,
  SLOT,
  type Taken,
} from '../model/index.js'
import type { Variant } from './variant.js'

/** Two honest events, one after the other, of which the second may ask for what the first one made. */
export interface Chain {
  readonly first: Draft
  readonly second: Draft
  readonly takes: Taken | undefined
}

/** Stands in the second event for what the first one's answer says. */
const TAKEN = 'ef0taken0'
/** Stands in both where the sender chooses it. */
const CHOSEN = 'ef-1001'
const MOST_TAKEN = 3

/** Ways in which `b` may ask for what `a` made: by a name that both carry, by one that the answer to `a` gave out, or by none. */
export function* chains(maker: CaseMaker, a: Variant, b: Draft): Generator<Chain> {
  const [first, second] = [a.draft, b].map((draft) => maker.complete(draft)) as [Draft, Draft]
  const asked = idsIn(maker, second, isFree)
  const chosen = idsIn(maker, first, isFree).filter((point) => asked.some((other) => alike(point, other)))
  if (chosen.length > 0) {
    const both = asked.filter((point) => chosen.some((other) => alike(point, other)))
    yield { first: withAll(maker, first, chosen, CHOSEN), second: withAll(maker, second, both, CHOSEN), takes: undefined }
  }
  const given = [...plainIn(answerTo(a), '')]
  const taken = idsIn(maker, second, isText).flatMap((point) =>
    given.filter(({ name }) => isSame(name, nameOf(point))).map(({ at }) => ({ point, at })),
  )
  for (const { point, at } of taken.slice(0, MOST_TAKEN))
    yield { first, second: withId(maker, second, point, TAKEN), takes: { marker: TAKEN, at } }
  yield { first, second, takes: undefined }
}

const IDENTIFIES =
  /id$|^(?:key|name|slug|code|sku|ref|handle|token|user(?:name)?|email|file(?:name)?|path)$|(?:Key|Name|No|Number)$/i

/** Leaves that may name a thing: parameters of the path, and fields with the name of a name. */
const idsIn = (maker: CaseMaker, draft: Draft, may: typeof isText): readonly InsertionPoint[] =>
  maker.points(draft).filter((point) => {
    const text = getAt(draft.wire, point.wire)
    return (
      point.kind === 'leaf' &&
      may(text, point) &&
      !/^\/(?:method|userAgent)$/.test(point.wire) &&
      (inPath(point) || IDENTIFIES.test(nameOf(point)))
    )
  })

const isFree = (text: Json | undefined): boolean => typeof text === 'string' && text.includes(SLOT) && text !== `/${SLOT}`

/** What has the form that the function asks for is no marker any more; what an answer gave out has that form too. */
const isText = (text: Json | undefined, { wire }: InsertionPoint): boolean =>
  isFree(text) || (typeof text === 'string' && !wire.endsWith('/path'))

const inPath = ({ wire }: InsertionPoint): boolean => wire === '/path' || wire.startsWith('/pathParameters/')

/** A segment of a path has no name: what stands there is mostly an id. */
const nameOf = ({ wire }: InsertionPoint): string => {
  if (wire === '/path') return 'id'
  const tokens = wire.split('/').filter((token) => !/^\d+$/.test(token))
  return tokens.at(-1) ?? ''
}

const alike = (a: InsertionPoint, b: InsertionPoint): boolean => isSame(nameOf(a), nameOf(b))

/** `id` and `orderId` name the same thing more often than not. */
const isSame = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, '')) as [string, string]
  return x === y || (x.endsWith('id') && y.endsWith('id') && (x === 'id' || y === 'id'))
}

/** The value where the marker stands: a path keeps the rest of its segments. */
function withId(maker: CaseMaker, draft: Draft, point: InsertionPoint, value: string): Draft {
  const text = getAt(draft.wire, point.wire)
  return maker.withValue(draft, point, typeof text === 'string' && text.includes(SLOT) ? text.replaceAll(SLOT, value) : value)
}

const withAll = (maker: CaseMaker, draft: Draft, points: readonly InsertionPoint[], value: string): Draft =>
  points.reduce((made, point) => withId(maker, made, point, value), draft)

function answerTo({ trial }: Variant): Json {
  const outcome = trial.observations.at(-1)?.outcome
  return outcome?.kind === 'returned' ? bodyDocument(outcome.text) : null
}

/** Short texts and numbers in an answer, with the name that they have there. */
function* plainIn(value: Json, at: string, depth = 0): Generator<{ readonly name: string; readonly at: string }> {
  if (typeof value === 'string' || typeof value === 'number') yield { name: at.split('/').at(-1) ?? '', at }
  else if (isJsonObject(value) && depth < 4)
    for (const [name, child] of Object.entries(value).slice(0, 40))
      yield* plainIn(child, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1)
}
