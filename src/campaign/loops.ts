import {
  type AwsCall,
  type CaseMaker,
  canariesIn,
  type Draft,
  getAt,
  type InsertionPoint,
  SLOT,
  type Trial,
} from '../model/index.js'
import type { Runner } from './runner.js'
import type { Variant } from './variant.js'

const KEYS: Readonly<Record<string, string>> = { s3: '/objects/0/key', 's3-eventbridge': '/object/key' }
const MOST = 3

/** What a function writes, as the event that its bucket would send for it. */
export interface Looped {
  readonly maker: CaseMaker
  readonly trial: Trial
  readonly accepted: readonly Draft[]
}

/** Runs honest events of S3 together with those that their own writes would cause, two generations on. */
export async function* looped(runner: Runner, maker: CaseMaker, variants: readonly Variant[]): AsyncGenerator<Looped> {
  const at = KEYS[maker.source]
  if (at === undefined) return
  let tried = 0
  for (const { draft, trial } of variants) {
    const first = writtenKey(trial)
    if (first === undefined || runner.stopped || ++tried > MOST) continue
    const next = withKey(maker, draft, at, first)
    const [caused] = await runner.tryAll(maker, [next])
    const second = caused === undefined ? undefined : writtenKey(caused)
    if (second === undefined) continue
    const chain = inChain(maker, (one) => [one, withKey(maker, one, at, first), withKey(maker, one, at, second)])
    const [whole] = await runner.tryAll(chain, [{ ...draft, stage: 'sequence' }])
    if (whole !== undefined) yield { maker: chain, trial: whole, accepted: [draft] }
  }
}

const withKey = (maker: CaseMaker, draft: Draft, wire: string, key: string): Draft => {
  const point: InsertionPoint = { wire, control: 'producer', encodings: [], kind: 'leaf' }
  const put: InsertionPoint = { ...point, wire: wire.replace(/key$/, 'operation') }
  return maker.withValue(getAt(draft.wire, put.wire) === 'Put' ? draft : maker.withValue(draft, put, 'Put'), point, key)
}

/** Key of an object that was written to the event's own bucket, with a free place for the marker in it. */
function writtenKey({ case: { wire }, observations }: Trial): string | undefined {
  const bucket = getAt(wire, '/bucket')
  const written = observations.flatMap(({ aws }) => aws).find((call) => isWrite(call) && call.params['Bucket'] === bucket)
  const key = written?.params['Key']
  const [canary] = typeof key === 'string' ? canariesIn(key) : []
  return typeof key === 'string' && canary !== undefined ? key.replaceAll(new RegExp(canary, 'gi'), SLOT) : undefined
}

const isWrite = ({ service, operation, outcome }: AwsCall): boolean =>
  service === 's3' && outcome === 'ok' && /^(?:PutObject|CopyObject|CompleteMultipartUpload)$/.test(operation)

/** A maker whose cases are the events of one draft after the other, under the same markers; undefined when one is not delivered. */
function inChain(maker: CaseMaker, drafts: (draft: Draft) => readonly Draft[]): CaseMaker {
  return {
    ...maker,
    render(draft, number) {
      if (draft.stage !== 'sequence') return maker.render(draft, number)
      const cases = drafts(draft).map((one) => maker.render(one, number))
      const [first] = cases
      const steps = cases.flatMap((made) => made?.steps ?? [])
      return first === undefined || steps.length < cases.length ? undefined : { ...first, steps }
    },
  }
}
