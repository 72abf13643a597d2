import { type CaseMaker, type Draft, isJsonObject, type Json, type PlantedAnswer, SLOT, type Trial } from '../model/index.js'
import { alone, inPairs, type Paired } from './pairs.js'
import { plantable } from './plantable.js'
import { plausible } from './plausible.js'
import type { Runner } from './runner.js'
import { asks, type World } from './second-order.js'
import type { SourceWords } from './source-words.js'
import type { Variant } from './variant.js'

const MOST_VARIANTS = 6
/** Stands for all that both senders ask for alike. */
const SAME = 'ef-1001'
/** Parts of a wire input that say who sends it, apart from what is asked for. */
const WHO = /^(?:claims|context|identity|token|cookies|headers|authorizer)$/i

/**
 * Two senders ask for the same, where AWS answers each with data of its own: what the second one is shown of the first one's has been
 * kept under a name that does not say whose it is. Each pair has a process of its own, since what was kept before hides it.
 */
export async function* remembered(
  runner: Runner,
  variants: readonly Variant[],
  words: SourceWords,
  world: (planted: readonly PlantedAnswer[], drafts: readonly Draft[]) => World,
): AsyncGenerator<Paired> {
  const trials = variants.map(({ trial }) => trial)
  for (const planted of plantable(trials, words)) {
    const asking = variants.filter(({ trial }) => asks(trial, planted) && isPersonal(trial)).slice(-MOST_VARIANTS)
    const { maker, drafts } = world(
      planted,
      asking.map(({ draft }) => ({ ...draft, wire: asTwo(draft.wire) })),
    )
    const pairs: CaseMaker = inPairs(maker)
    for (const draft of drafts.flatMap((one) => [one, plausible(maker, one)])) {
      if (runner.stopped) return
      await runner.session.renew()
      const [trial] = await runner.tryAll(pairs, [{ ...draft, stage: 'sequence' }])
      if (trial !== undefined) yield { maker: pairs, trial, accepted: [alone(draft)] }
    }
  }
}

/** Something of the event says who sends it. */
const isPersonal = ({ case: { draft } }: Trial): boolean => JSON.stringify(asTwo(draft.wire)).includes(SLOT)

/** The wire input in which only what says who sends it differs; connections of a WebSocket API are told by their ids. */
function asTwo(wire: Json): Json {
  if (!isJsonObject(wire)) return same(wire)
  const { service } = wire
  const connected = isJsonObject(service ?? null) && typeof (service as { connectionId?: Json }).connectionId === 'string'
  const parts = Object.entries(wire).map(([name, part]) => [name, WHO.test(name) ? marked(part) : whoIn(part)])
  return {
    ...Object.fromEntries(parts),
    ...(connected && { service: { ...(service as object), connectionId: `${SLOT}=` } }),
  } as Json
}

/** Payloads of direct invocations name their sender inside. */
const whoIn = (part: Json): Json =>
  isJsonObject(part)
    ? Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, WHO.test(name) ? marked(inner) : same(inner)]))
    : same(part)

/** Claims that nobody chose are the same for all: whoever they name becomes somebody of their own. */
function marked(part: Json, name = ''): Json {
  if (Array.isArray(part)) return (part as readonly Json[]).map((one) => marked(one, name))
  if (isJsonObject(part)) return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, marked(inner, key)]))
  return typeof part === 'string' && NAMES_ONE.test(name) ? SLOT : part
}

/** `sub`, `tenantId`, `custom:org`. */
const NAMES_ONE = /^sub$|id$|tenant|org(?:ani[sz]ation)?$|user|owner|account|team|company|customer|client/i

const same = (part: Json): Json => JSON.parse(JSON.stringify(part).replaceAll(SLOT, SAME)) as Json
