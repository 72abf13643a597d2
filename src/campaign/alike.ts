import type { CaseMaker, Draft } from '../model/index.js'
import { type Batched, distinct, listOf, wentWell, withId, withList } from './batches.js'
import type { Runner } from './runner.js'
import type { Variant } from './variant.js'

const MOST = 3
const LABEL = 'twice alike'

/** Two records alike in one batch: what is done for the one has to be done for the other. */
export async function* alike(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Batched> {
  const acting = variants.filter((one) => listOf(one.draft)?.records.length === 1 && wentWell(one.trial) && isSeen(one))
  for (const { draft } of distinct(acting).slice(-MOST)) {
    const both = twice(draft)
    const [trial] = both === undefined || runner.stopped ? [] : await runner.tryAll(maker, [both])
    if (trial !== undefined) yield { maker, trial, accepted: [draft] }
  }
}

/** Data of the record is in what is written or sent: only then its absence says something. */
const isSeen = ({ reach }: Variant): boolean => [...reach.values()].flat().some(({ kind }) => kind === 'aws' || kind === 'sql')

function twice(draft: Draft): Draft | undefined {
  const list = listOf(draft)
  const [record] = list?.records ?? []
  if (list === undefined || record === undefined) return undefined
  const wire = withList(draft.wire, list.at, [withId(record, 1), withId(record, 2)])
  return { ...draft, stage: 'sequence', wire, base: null, labels: [LABEL] }
}
