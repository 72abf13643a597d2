import type { CaseMaker, Draft, InsertionPoint, Trial } from '../model/index.js'
import { grow } from './grow.js'
import { plausible, SLOT } from './plausible.js'
import { shuffled } from './random.js'
import { reachOf, type Runner } from './runner.js'
import { signatureOf } from './signature.js'
import type { SourceWords } from './source-words.js'

/** An honest event that took a way of its own, and where its data went. */
export interface Variant {
  readonly draft: Draft
  readonly trial: Trial
  /** Wire pointers of leaves whose canary reached a sink, with the kinds and places of those sinks. */
  readonly reach: ReadonlyMap<string, readonly Reached[]>
}

export interface Reached {
  readonly kind: string
  readonly place: string
}

const SAMPLES = 8
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Finds honest events that get far: templates, what the function looks for, what its source compares with. */
export class Explorer {
  readonly variants: Variant[] = []
  /** Drafts that the function answered: it can be driven. */
  readonly accepted: Draft[] = []
  #signatures = new Set<string>()
  #runner: Runner
  #maker: CaseMaker
  #words: SourceWords
  #random: () => number

  constructor(runner: Runner, maker: CaseMaker, words: SourceWords, random: () => number) {
    this.#runner = runner
    this.#maker = maker
    this.#words = words
    this.#random = random
  }

  /** Honest events first, under the function's own timeout. */
  async *baseline(seed: number): AsyncGenerator<Trial> {
    const templates = this.#maker.templates(this.#words.names)
    const trials = await this.#runner.tryAll(this.#maker, [...templates, ...this.#maker.samples(seed, SAMPLES)], { full: true })
    this.#runner.learnDeadline(trials.flatMap((trial) => trial.observations))
    for (const trial of trials) {
      if (trial.observations[0]?.outcome.kind === 'returned') this.accepted.push(trial.case.draft)
      if (templates.includes(trial.case.draft)) this.#keep(trial)
      yield trial
    }
  }

  /** Grows every template, then opens gates, until nothing new shows or `most` executions are used. */
  async *learn(most: number): AsyncGenerator<Trial> {
    const until = this.#runner.searched + most
    for (const draft of [...this.#maker.templates(this.#words.names)]) yield* this.#grown(draft)
    for (let i = 0; i < this.variants.length && this.#runner.searched < until && !this.#runner.stopped; i++) {
      yield* this.#gates(this.variants[i]!.draft, until)
    }
  }

  async *#grown(draft: Draft): AsyncGenerator<Trial> {
    if (this.#runner.stopped) return
    const full = await grow(this.#runner, this.#maker, draft)
    const candidates = [full, plausible(this.#maker, full)].filter((one) => one !== draft)
    for (const trial of await this.#runner.tryAll(this.#maker, candidates)) {
      if (trial.observations[0]?.outcome.kind === 'returned') this.accepted.push(trial.case.draft)
      // What has more leaves is kept even when it behaves alike: they are places to attack.
      this.#keep(trial, trial.case.draft === full && full !== draft)
      yield trial
    }
  }

  /** Sets one leaf at a time to what the source compares it with; what behaves differently becomes a variant and is grown. */
  async *#gates(draft: Draft, until: number): AsyncGenerator<Trial> {
    const keys = this.#keysOf(draft)
    for (let from = 0; from < keys.length && this.#runner.searched < until && !this.#runner.stopped; from += 32) {
      const fresh: Draft[] = []
      for (const trial of await this.#runner.tryAll(this.#maker, keys.slice(from, from + 32))) {
        if (this.#keep(trial)) fresh.push(trial.case.draft)
        yield trial
      }
      for (const opened of fresh) if (this.#runner.searched < until) yield* this.#grown(opened)
    }
  }

  #keysOf(draft: Draft): Draft[] {
    const points = this.#maker.points(draft).filter((point) => point.kind === 'leaf')
    const named = this.#words.pairs.flatMap(({ name, literal }) =>
      points.filter((point) => isNamed(point, name)).map((point) => this.#maker.withValue(draft, point, literal)),
    )
    const generic = points.flatMap((point) => literalsFor(point, this.#words.literals).map((literal) => this.#maker.withValue(draft, point, literal)))
    return [...named, ...shuffled(generic, this.#random)]
  }

  /** True when the trial behaved in a way not seen before. */
  #keep(trial: Trial, always = false): boolean {
    const signature = signatureOf(trial)
    const fresh = !this.#signatures.has(signature)
    this.#signatures.add(signature)
    if (fresh || always) this.variants.push({ draft: trial.case.draft, trial, reach: reachedPoints(trial) })
    return fresh
  }
}

const isNamed = (point: InsertionPoint, name: string): boolean => point.wire.toLowerCase().split('/').includes(name.toLowerCase())

function literalsFor(point: InsertionPoint, literals: readonly string[]): readonly string[] {
  if (point.wire === '/method') return METHODS
  if (point.wire === '/path') return literals.filter((text) => text.startsWith('/')).map((text) => text.replace(/[:{]\w+\}?/g, SLOT))
  if (point.wire === '/userAgent') return []
  return literals.filter((text) => !/^[./@]|^node:|\s/.test(text)).slice(0, 40)
}

function reachedPoints(trial: Trial): Map<string, Reached[]> {
  const byCanary = reachOf(trial)
  const reach = new Map<string, Reached[]>()
  for (const { canary, point } of trial.case.canaries) {
    if (!byCanary.has(canary)) continue
    const places = trial.observations.flatMap(({ effects }) =>
      effects
        .filter((effect) => JSON.stringify(effect).toLowerCase().includes(canary))
        .map((effect) => ({ kind: effect.kind, place: `${effect.api}:${effect.location?.file}:${effect.location?.line}` })),
    )
    if (places.length > 0) reach.set(point.wire, [...(reach.get(point.wire) ?? []), ...places])
  }
  return reach
}
