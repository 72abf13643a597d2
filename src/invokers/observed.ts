import {
  type AwsCall,
  canariesIn,
  type Effect,
  type Execution,
  type Observation,
  type Outcome,
  type WebCall,
} from '../model/index.js'
import { ended } from './died.js'
import type { BatchPart } from './host.js'
import type { SourceMaps } from './source-maps.js'

/** What came of a batch, by the number of each execution. */
export interface Gathered {
  readonly done: Map<number, BatchPart['done'][number]>
  /** Places of the code that were reached for the first time. */
  readonly fresh: Map<number, number>
  readonly outcomes: Map<number, Outcome>
  readonly late: Map<number, Outcome>
  readonly effects: BatchPart['effects'][number][]
}

/** What the sidecar has told. */
export interface Heard {
  readonly aws: AwsCall[]
  readonly web: WebCall[]
}

/** One observation for each execution, in the words of the user's source. */
export function observe(
  batch: readonly Execution[],
  gathered: Gathered,
  heard: { readonly aws: readonly AwsCall[]; readonly web: readonly WebCall[]; readonly loadedWith: readonly WebCall[] },
  maps: SourceMaps,
): Observation[] {
  const owner = ownerOf(batch)
  return batch.map((item): Observation => {
    const done = gathered.done.get(item.n)
    const effects = gathered.effects.filter((e) => (e.n ?? owner(e.effect)) === item.n).map((e) => placed(e.effect, maps))
    const aws = heard.aws
      .filter((call) => (call.n ?? owner(call.params) ?? call.near) === item.n)
      .map((call) => placed(call, maps))
    const web = [...heard.loadedWith, ...heard.web.filter((call) => (call.n ?? owner(call.sent)) === item.n)]
    const outcome =
      gathered.late.get(item.n) ?? done?.outcome ?? gathered.outcomes.get(item.n) ?? ended('the run was interrupted')
    return {
      outcome: outcome.kind === 'threw' ? { ...outcome, stack: maps.stack(outcome.stack) } : outcome,
      effects: [...effects, ...aws.map(effectOf)],
      aws,
      ...(web.length > 0 && { web }),
      log: done?.log ?? '',
      cpuUs: done?.cpuUs ?? 0,
      rssBytes: done?.rss ?? 0,
      synthetic: [...aws, ...web].some((call) => call.invented),
      reads: done?.reads ?? [],
      missing: done?.missing ?? [],
      compared: done?.compared ?? [],
      fresh: gathered.fresh.get(item.n) ?? 0,
      schemas: done?.schemas ?? [],
      ...(done?.macs && { macs: done.macs }),
      ...(done?.tokenChecks && { tokenChecks: done.tokenChecks }),
    }
  })
}

/** Attribution by canary, for what came without a context: the execution whose event holds one of its canaries. */
function ownerOf(batch: readonly Execution[]): (seen: unknown) => number | null {
  return (seen) => {
    const canary = canariesIn(JSON.stringify(seen))[0]
    return batch.find((item) => canary !== undefined && item.text.includes(canary))?.n ?? null
  }
}

/** With the places of the user's source instead of those of what ran. */
function placed<T extends Effect | AwsCall>(seen: T, maps: SourceMaps): T {
  const frames = maps.frames(seen.frames)
  return { ...seen, frames, location: frames[0] ?? maps.place(seen.location) }
}

const effectOf = (call: AwsCall): Effect => ({
  kind: 'aws',
  service: call.service,
  operation: call.operation,
  params: call.params,
  api: `${call.service}:${call.operation}`,
  seq: call.call,
  location: call.location,
  frames: call.frames,
  answered: call.outcome === 'denied' ? 'denied' : 'synthetic',
  afterSettle: false,
})
