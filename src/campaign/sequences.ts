import { type CaseMaker, type Draft, type JsonObject, type Oracle, SLOT, type Trial } from '../model/index.js'
import { type Chain, chains } from './links.js'
import { type Arsenal, aimed } from './plan.js'
import { plausible } from './plausible.js'
import { reachedPoints } from './reach.js'
import type { Runner } from './runner.js'
import type { Lead, World } from './second-order.js'
import { signatureOf } from './signature.js'
import { inTurns } from './turns.js'
import { type Variant, variantOf } from './variant.js'

const MOST_EACH = 5
/** Where data of an earlier request is no surprise. */
const QUIET = new Set(['log'])

/**
 * Attacks in two steps: what one event creates, another one reads back. Pairs of honest events are looked at in discovery runs;
 * where data of the first is seen in a sink of the second, payloads follow in the first. `world` makes the pairs of one chain.
 */
export async function* chained(
  runner: Runner,
  maker: CaseMaker,
  { variants, accepted }: { readonly variants: readonly Variant[]; readonly accepted: readonly Draft[] },
  arsenal: Arsenal,
  world: (chain: Chain) => World,
): AsyncGenerator<Lead> {
  const injections = arsenal.oracles.filter(({ proof }) => proof === 'injection')
  const done = new Set<string>()
  for (const [first, then] of pairs(variants, accepted)) {
    for (const chain of chains(maker, first, then)) {
      if (runner.stopped) return
      const lead = await look(runner, world(chain), { families: arsenal.families, oracles: injections }, done)
      if (lead !== undefined) yield lead
    }
  }
}

/**
 * One way of asking after another: the newest events of each, those that made something first. What asks for one thing out of many
 * is answered with `there is none` until there is one, so that it is no variant of its own yet.
 */
function pairs(variants: readonly Variant[], accepted: readonly Draft[]): readonly (readonly [Variant, Draft])[] {
  // The last of each way got furthest; of ways that are answered alike, such as with `no such page`, there may be many.
  const ways = (wanted: (variant: Variant) => boolean): readonly Variant[] => {
    const latest = new Map<string, Variant>()
    for (const variant of variants.filter(wanted)) {
      latest.delete(wayOf(variant))
      latest.set(wayOf(variant), variant)
    }
    const alike = new Map<string, Variant[]>()
    for (const variant of [...latest.values()].reverse()) {
      const answer = signatureOf(variant.trial)
      alike.set(answer, [...(alike.get(answer) ?? []), variant])
    }
    // One that leaves room for an id can be asked for what was made; one that holds an id of ours cannot.
    const open = [...alike.values()].map((some) =>
      [...some].sort((a, b) => Number(namesOne(b.draft)) - Number(namesOne(a.draft))),
    )
    return inTurns(open).slice(0, MOST_EACH)
  }
  const known = new Set(variants.map(wayOf))
  const asking = new Map(accepted.filter(namesOne).map((draft) => [wayOf({ draft }), draft]))
  const fresh = [...asking].flatMap(([way, draft]) => (known.has(way) ? [] : [draft])).slice(0, MOST_EACH)
  const then = [...fresh, ...ways(() => true).map(({ draft }) => draft)]
  return ways(succeeded).flatMap((first) => then.map((draft) => [first, draft] as const))
}

/** A parameter stands in the path, or what is free behind a word of it. */
function namesOne({ wire }: Draft): boolean {
  const { path = '', pathParameters = {} } = wire as { path?: string; pathParameters?: JsonObject }
  return Object.keys(pathParameters).length > 0 || (path.includes(SLOT) && path !== `/${SLOT}`)
}

/** Method and path of a request with their markers; other sources have one way. */
function wayOf({ draft }: Pick<Variant, 'draft'>): string {
  const { method = '', route = '', path = '' } = draft.wire as { method?: string; route?: string; path?: string }
  return `${method} ${route} ${path}`
}

function succeeded({ trial }: Variant): boolean {
  const outcome = trial.observations.at(-1)?.outcome
  return outcome?.kind === 'returned' && !/"statusCode":\s?[45]/.test(outcome.text)
}

async function look(
  runner: Runner,
  { maker, drafts }: World,
  arsenal: { readonly families: Arsenal['families']; readonly oracles: readonly Oracle[] },
  done: Set<string>,
): Promise<Lead | undefined> {
  const tried = await runner.tryAll(maker, [...drafts, ...drafts.map((draft) => plausible(maker, draft))], { mode: 'discover' })
  const reached = tried.map((trial) => variantOf(trial, laterReach(trial)))
  if (reached.every(({ reach }) => reach.size === 0)) return undefined
  const accepted: readonly Draft[] = tried.map((trial) => trial.case.draft)
  return { maker, accepted, drafts: [...aimed(maker, reached, arsenal, done)] }
}

/** Where data of the first event shows in the second, and not in the first already. */
function laterReach(trial: Trial): Variant['reach'] {
  const [before, after] = [trial.observations.slice(0, -1), trial.observations.slice(-1)].map((observations) =>
    reachedPoints({ ...trial, observations }),
  )
  const known = (pointer: string, place: string) => before!.get(pointer)?.some((one) => one.place === place) === true
  return new Map(
    [...after!].flatMap(([pointer, places]) => {
      const fresh = places.filter(({ kind, place }) => !QUIET.has(kind) && !known(pointer, place))
      return pointer.startsWith('/first/') && fresh.length > 0 ? [[pointer, fresh] as const] : []
    }),
  )
}
