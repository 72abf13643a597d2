import { type CaseMaker, type Draft, type Json, type JsonObject, SLOT, type SourceId, type Trial } from '../model/index.js'
import type { Runner } from './runner.js'
import { singleRequests, withoutIdentity } from './single-requests.js'
import { isServed, statusIn } from './status-in.js'
import type { Variant } from './variant.js'

/** First label of a draft whose cases bring one request in two formats: see oracles/format-disagreement.ts. */
const TWO_FORMATS = 'in two formats'
const MOST_EACH = 3
/** Canaries of the request that is not refused are those of a number that no other case gets to. */
const OTHER = 0x2000000

/** Another source that brings the same requests in a format of its own. */
export interface OtherFormat {
  /** A template says so; otherwise the code reads what only that source sets. */
  readonly isTrigger: boolean
  readonly maker: CaseMaker
  /** The request as wire input of that source, and one of that source as wire input of the first; undefined where no route takes it. */
  to(wire: Json): Json | undefined
  from(wire: Json): Json | undefined
}

interface Side {
  readonly maker: CaseMaker
  /** A request of the other side as one of this. */
  own(wire: Json): Json | undefined
}

/** One request and what each of two sides made of it. */
interface Pair {
  readonly sides: readonly [Side, Side]
  readonly trials: readonly [Trial, Trial]
}

/** Sends honest requests in another format too; what both sides decide differently about comes as one case. */
export async function* inFormats(
  runner: Runner,
  maker: CaseMaker,
  variants: readonly Variant[],
  formats: readonly OtherFormat[],
) {
  for (const other of formats) {
    const here: Side = { maker, own: other.from }
    const there: Side = { maker: other.maker, own: other.to }
    const pairs = await bothWays(runner, here, there, variants)
    for (const [kind, differ] of KINDS) {
      for (const pair of pairs.filter(({ trials: [a, b] }) => differ(a, b)).slice(0, MOST_EACH)) {
        if (runner.stopped) return
        const known = kind === 'refused' ? await guarded(runner, pair, pairs) : null
        if (known === undefined) continue
        const [refusing, serving] = pair.sides.map((side) => side.maker.source) as [SourceId, SourceId]
        const labels = [TWO_FORMATS, kind, refusing, serving, other.isTrigger ? 'trigger' : 'read']
        const draft: Draft = { ...pair.trials[1].case.draft, stage: 'sequence', base: null, labels }
        const both = inTwo(pair.sides, known)
        const [trial] = await runner.tryAll(both, [draft])
        if (trial !== undefined) yield { maker: both, trial, accepted: [pair.trials[1].case.draft] }
      }
    }
  }
}

const callsIn = ({ observations }: Trial): readonly string[] =>
  observations.flatMap(({ aws }) => aws.map(({ service, operation }) => `${service}:${operation}`))

/** What the first and the second side may differ in; the rule looks closer. */
const KINDS: readonly (readonly [kind: string, differ: (a: Trial, b: Trial) => boolean])[] = [
  ['refused', (a, b) => [401, 403].includes(statusIn(a)) && isServed(b)],
  [
    'writes',
    (a, b) => isServed(a) && isServed(b) && callsIn(a).length > 0 && callsIn(b).some((call) => !callsIn(a).includes(call)),
  ],
]

/**
 * A request that both sides answer alike, where the refusal of the other one comes of who asks: the function looked at what may say
 * that. A format whose every unknown path is refused is closed on purpose. Undefined where there is none.
 */
async function guarded(runner: Runner, { sides, trials: [refused] }: Pair, pairs: readonly Pair[]): Promise<Draft | undefined> {
  const all = pairs.filter((one) => one.sides[0] === sides[0])
  const open = all.filter(({ trials: [{ case: made }] }) => isOpen(made.draft.wire))
  const known = (open.length > 0 ? open : all).find(({ trials: [a, b] }) => isAlike(a, b))
  if (known === undefined) return undefined
  const [seen] = await runner.tryAll(sides[0].maker, [refused.case.draft], { mode: 'discover' })
  const looked = seen?.observations.flatMap(({ reads, missing }) => [...reads, ...missing]) ?? []
  return looked.some((pointer) => SAYS_WHO.test(pointer)) ? known.trials[0].case.draft : undefined
}

const SAYS_WHO =
  /^\/(?:headers|multiValueHeaders)\/(?!(?:content-|accept|host$|x-forwarded))|^\/cookies\b|^\/requestContext\/(?:authorizer|identity)\b|^\/(?:multiValueQ|q)ueryStringParameters\/.*(?:auth|token|key|secret|sig)/i

const isAlike = (a: Trial, b: Trial): boolean =>
  ![0, 401, 403].includes(statusIn(a)) && statusIn(a) === statusIn(b) && callsIn(a).join() === callsIn(b).join()

/** Nothing of its path is known to the function. */
function isOpen(wire: Json): boolean {
  const { path, pathParameters = {}, route = '' } = wire as { path?: string; pathParameters?: JsonObject; route?: string }
  return path === `/${SLOT}` && Object.keys(pathParameters).length === 0 && /\$default$|[+]\}$|\*$/.test(route)
}

/** Requests that both sides were sent, in either order of the sides. */
async function bothWays(runner: Runner, here: Side, there: Side, variants: readonly Variant[]): Promise<readonly Pair[]> {
  const drafts = singleRequests(variants)
  const own = await runner.tryAll(here.maker, drafts)
  const pairs: Pair[] = []
  for (const one of own) {
    const wire = there.own(one.case.draft.wire)
    const [other] = wire === undefined ? [] : await runner.tryAll(there.maker, [{ ...one.case.draft, wire }])
    if (other === undefined) continue
    pairs.push({ sides: [here, there], trials: [one, other] }, { sides: [there, here], trials: [other, one] })
  }
  return pairs
}

/**
 * A maker whose cases are one request in the first format and in the second. `known`: before them one that the first format does
 * not refuse, and before the last the same without what says who asks.
 */
function inTwo([first, second]: Pair['sides'], known: Draft | null): CaseMaker {
  const { maker } = second
  return {
    ...maker,
    recipe: (made) => ['# the same request through the other trigger is answered in another way:', ...maker.recipe(made)],
    render(draft, number) {
      const last = maker.render(draft, number)
      if (draft.labels[0] !== TWO_FORMATS || last === undefined) return last
      const wire = first.own(draft.wire)
      const before = wire === undefined ? undefined : first.maker.render({ ...draft, wire }, number)
      const bare = maker.render({ ...draft, wire: withoutIdentity(draft.wire as JsonObject) }, number)
      const answered = known === null ? undefined : first.maker.render(known, number + OTHER)
      const all = known === null ? [before, last] : [answered, before, bare, last]
      const steps = all.flatMap((made) => made?.steps ?? [])
      return steps.length < all.length ? undefined : { ...last, steps }
    },
  }
}
