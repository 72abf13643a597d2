import {
  type CaseMaker,
  type Draft,
  failedIds,
  getAt,
  isJsonObject,
  type Json,
  type JsonObject,
  recordIds,
  type Trial,
} from '../model/index.js'
import type { Runner } from './runner.js'
import { signatureOf } from './signature.js'
import type { Variant } from './variant.js'

/** Begins the label of a batch of two records, one of which fails when it comes alone. */
const FAILS_ALONE = 'fails alone: record '
/** Where the wire inputs of batches hold their records; in a world of planted answers below the event. */
const LISTS = ['messages', 'records', 'changes'].flatMap((name) => [`/${name}`, `/event/${name}`])
const MOST_FAILING = 3
const MOST_OTHERS = 5
/** Canaries of the record alone are those of a number that no other case gets to. */
const OTHER = 0x2000000

/** A failing record alone, then in one batch with another one. */
export interface Batched {
  readonly maker: CaseMaker
  readonly trial: Trial
  readonly accepted: readonly Draft[]
}

/** Puts records that were seen alone into one batch, in both orders: what fails alone must be reported there too. */
export async function* batched(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Batched> {
  const single = variants.filter(({ draft }) => listOf(draft)?.records.length === 1)
  const failing = distinct(single.filter(({ trial }) => reported(trial).length > 0)).slice(-MOST_FAILING)
  // What is passed over in silence first: it is what is left out of lists.
  const others = distinct(single.filter(({ trial }) => wentWell(trial)))
    .sort((a, b) => effectsIn(a) - effectsIn(b))
    .slice(0, MOST_OTHERS)
  for (const bad of failing) yield* withEach(runner, maker, bad.draft, [...others, bad])
}

/** The failing record beside each of the others, behind it and before it. */
export async function* withEach(
  runner: Runner,
  maker: CaseMaker,
  bad: Draft,
  others: readonly { readonly draft: Draft }[],
): AsyncGenerator<Batched> {
  const pairs = inBatches(maker)
  for (const good of others)
    for (const at of [1, 0]) {
      const draft = together(bad, good.draft, at)
      if (runner.stopped) return
      const [trial] = draft === undefined ? [] : await runner.tryAll(pairs, [draft])
      if (trial !== undefined) yield { maker: pairs, trial, accepted: [bad] }
    }
}

export const distinct = (variants: readonly Variant[]): Variant[] => [
  ...new Map(variants.map((variant) => [signatureOf(variant.trial), variant])).values(),
]

export const reported = ({ observations }: Trial): readonly string[] => failedIds(observations.at(-1)?.outcome) ?? []

export const wentWell = ({ observations }: Trial): boolean => failedIds(observations.at(-1)?.outcome)?.length === 0

const effectsIn = ({ trial: { observations } }: Variant): number => observations.at(-1)?.aws.length ?? 0

export function listOf({ wire }: Draft): { readonly at: string; readonly records: readonly Json[] } | undefined {
  const at = LISTS.find((pointer) => Array.isArray(getAt(wire, pointer)))
  return at === undefined ? undefined : { at, records: getAt(wire, at) as readonly Json[] }
}

export function withList(wire: Json, at: string, records: readonly Json[]): Json {
  const [, name = '', ...rest] = at.split('/')
  const whole = wire as JsonObject
  return { ...whole, [name]: rest.length === 0 ? records : withList(whole[name]!, `/${rest.join('/')}`, records) }
}

/** The batch of both, the failing record at `at`. */
function together(bad: Draft, good: Draft, at: number): Draft | undefined {
  const [own, other] = [listOf(bad), listOf(good)]
  if (own === undefined || own.at !== other?.at) return undefined
  const both = at === 0 ? [own.records[0]!, other.records[0]!] : [other.records[0]!, own.records[0]!]
  const wire = withList(
    bad.wire,
    own.at,
    both.map((record, i) => withId(record, i + 1)),
  )
  return { ...bad, stage: 'sequence', wire, base: null, labels: [`${FAILS_ALONE}${at}`] }
}

/** Records of one batch have ids of their own. */
export function withId(record: Json, i: number): Json {
  const id = isJsonObject(record) ? record['messageId'] : undefined
  return typeof id === 'string' ? { ...(record as JsonObject), messageId: id.slice(0, -1) + String(i) } : record
}

/** A maker whose cases are the failing record alone, then the batch. */
function inBatches(maker: CaseMaker): CaseMaker {
  return {
    ...maker,
    render(draft, number) {
      const batch = maker.render(draft, number)
      const [label = ''] = draft.labels
      if (batch === undefined || !label.startsWith(FAILS_ALONE)) return batch
      const list = listOf(draft)
      const record = list?.records[Number(label.slice(FAILS_ALONE.length))]
      if (list?.records.length !== 2 || record === undefined) return undefined
      const wire = withList(draft.wire, list.at, [withId(record, 9)])
      const alone = maker.render({ ...draft, wire }, number + OTHER)
      const distinctIds = new Set(recordIds(batch.steps[0]?.text)).size === 2
      return alone === undefined || !distinctIds ? undefined : { ...batch, steps: [...alone.steps, ...batch.steps] }
    },
  }
}
