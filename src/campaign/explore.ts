import type { CaseMaker, Draft, Trial } from '../model/index.js'
import { climb } from './climb.js'
import { fewer } from './fewer.js'
import { grow } from './grow.js'
import { anyKeys, keyed, routesIn } from './literals.js'
import { lookThrough } from './look-through.js'
import { withNames } from './named-keys.js'
import { opening } from './opening.js'
import { otherBodies, withTokens } from './other-requests.js'
import { hasOwnPlaces } from './own-places.js'
import { plausible } from './plausible.js'
import { Queue } from './queue.js'
import { shuffled } from './random.js'
import { reachedPoints } from './reach.js'
import { answered, isFailed, isRefused } from './refused.js'
import type { Runner } from './runner.js'
import { Siblings } from './siblings.js'
import { signatureOf } from './signature.js'
import { signedAgain } from './signing.js'
import type { SourceWords } from './source-words.js'
import { Tried } from './tried.js'
import { type Variant, variantOf } from './variant.js'
import { withQueries } from './with-queries.js'

const SAMPLES = 8
const MOST_COMPARED = 24
/** Looks at comparisons for each execution that learning may take. */
const LOOKING = 0.5
/** Of what is left of them, one variant may take a fourth, and this many in any case. */
const LEAST_LOOKS = 32
const MOST_FEWER = 4
const MOST_NAMED = 12
const MOST_GUESSED = 48
/** Variants that are looked into before requests of other kinds are tried. */
const MOST_BEFORE = 4

/** Finds honest events that get far: templates, what the function looks for, what its source compares with. */
export class Explorer {
  readonly variants: Variant[] = []
  /** Drafts that the function answered: it can be driven. */
  readonly accepted: Draft[] = []
  /** Ways of behaving, and how many trials showed them. */
  #signatures = new Map<string, number>()
  /** Comparisons that were answered. */
  #answered = new Set<string>()
  #looks = 0
  /** Requests that were refused with all that was asked for, and tried again with less. */
  #fewer = 0
  /** Learning ends at this count of search executions. */
  #until = 0
  #isLate = (): boolean => false
  /** Field and value pairs that were tried. */
  #keys = new Set<string>()
  /** Variants of which is known what objects the function goes through. */
  #looked = new Set<Variant>()
  #places = new Set<string>()
  #tried = new Tried()
  /** Drafts whose field the source compares with this very value: kept even when nothing shows, for the branch may only show under attack. */
  #compared = new Set<Draft>()
  /** What stands behind an answer after which the function asked on. */
  #deep = new Set<Draft>()
  #runner: Runner
  readonly #siblings = new Siblings()
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
    const templates = this.#templates()
    const trials = await this.#runner.tryAll(this.#maker, [...templates, ...this.#maker.samples(seed, SAMPLES)], { full: true })
    this.#runner.learnDeadline(trials.flatMap((trial) => trial.observations))
    for (const trial of trials) {
      if (answered(trial)) this.accepted.push(trial.case.draft)
      if (templates.includes(trial.case.draft)) this.#keep(trial, hasOwnPlaces(this.#maker, trial.case.draft, this.#places))
      yield trial
    }
  }

  /** Grows every template, then opens gates, until nothing new shows, `most` executions are used or it is late. */
  async *learn(most: number, isLate: () => boolean): AsyncGenerator<Trial> {
    this.#isLate = isLate
    this.#until = this.#runner.searched + most
    this.#looks = most * LOOKING
    for (const draft of this.#templates()) yield* this.#grown(draft)
    // What the source and the answers name first, for every variant; then any literal in any field.
    const queue = new Queue(
      this.variants,
      ({ draft }) => this.#deep.has(draft),
      ({ trial }) => this.#signatures.get(signatureOf(trial)) ?? 0,
    )
    yield* this.#ways(queue, MOST_BEFORE)
    yield* this.#bodies(this.#templates())
    const drafts = this.variants.map(({ draft }) => draft)
    yield* this.#tokens(withTokens(this.#maker, drafts))
    yield* this.#ways(queue, Number.POSITIVE_INFINITY)
    // Behind a method or a path that the templates do not have.
    yield* this.#bodies(this.variants.map(({ draft }) => draft).filter((draft) => this.#deep.has(draft)))
    yield* this.#ways(queue, Number.POSITIVE_INFINITY)
    await lookThrough(this.#runner, this.#maker, this.variants, this.#looked)
    const named = this.variants.flatMap((variant) => withNames(this.#maker, variant, this.#words.names))
    yield* this.#gates(named.slice(0, MOST_NAMED))
    yield* this.#guesses()
    await lookThrough(this.#runner, this.#maker, this.variants, this.#looked)
  }

  /** Tokens of nobody, and of whoever has the key with which the function checks them. */
  async *#tokens(drafts: readonly Draft[]): AsyncGenerator<Trial> {
    const signed = await signedAgain(this.#runner, this.#maker, drafts)
    for (const draft of signed) this.#deep.add(draft)
    yield* this.#gates([...drafts, ...signed])
  }

  /** The same requests with bodies of other kinds. */
  async *#bodies(drafts: readonly Draft[]): AsyncGenerator<Trial> {
    const bodies = otherBodies(this.#maker, drafts)
    for (const draft of bodies) this.#compared.add(draft)
    yield* this.#gates(bodies)
  }

  /** Literals of the source in any field. */
  async *#guesses(): AsyncGenerator<Trial> {
    // What was refused as it is did not get far: any literal in any of its fields comes last.
    const ofAll = (refused: boolean) => this.variants.filter(({ trial }) => isRefused(trial) === refused)
    const keys = [false, true].map((refused) =>
      ofAll(refused).flatMap(({ draft }) => anyKeys(this.#maker, draft, this.#words.literals)),
    )
    // Where comparisons are seen, and were answered, few are left that only a guess would find.
    const guesses = this.#answered.size > 0 ? MOST_GUESSED : Number.POSITIVE_INFINITY
    yield* this.#gates(keys.flatMap((some) => shuffled(some, this.#random)).slice(0, guesses))
  }

  /** Behind what is compared, from the next `most` variants of the queue. */
  async *#ways(queue: Queue, most: number): AsyncGenerator<Trial> {
    for (let i = 0; i < most && this.#goesOn; i++) {
      const variant = queue.next()
      if (variant === undefined) return
      yield* this.#gates(await this.#climbed(variant.draft))
      yield* this.#gates(this.#namedKeys(variant))
      yield* this.#gates(await this.#siblingsOf(variant.draft))
    }
  }

  /** Of every route that is known, or that the code names. */
  #templates = (): readonly Draft[] => this.#maker.templates(this.#words.names, routesIn(this.#words.literals))

  get #goesOn(): boolean {
    return this.#runner.searched < this.#until && !this.#runner.stopped && !this.#isLate()
  }

  /** Executions in between that were none of learning. */
  spent(elsewhere: number): void {
    this.#until += elsewhere
  }

  async #climbed(draft: Draft): Promise<readonly Draft[]> {
    const before = this.#runner.executions
    const most = Math.min(this.#looks, Math.max(LEAST_LOOKS, this.#looks / 4))
    const climbed = await climb(this.#runner, this.#maker, draft, this.#answered, most)
    this.#looks -= this.#runner.executions - before
    // Behind such an answer the function asked on: kept even when nothing shows yet.
    for (const { draft: behind } of climbed.filter(({ opened }) => opened)) {
      this.#compared.add(behind)
      this.#deep.add(behind)
    }
    for (const { before, draft: after } of climbed) this.#siblings.learn(this.#maker, before, after)
    return climbed.map((one) => one.draft)
  }

  /** What was learnt for one value that a field is compared with, for the others. */
  async #siblingsOf(draft: Draft): Promise<readonly Draft[]> {
    const drafts = this.#siblings.of(this.#maker, draft).filter((one) => !this.#tried.has(one))
    for (const opened of await opening(this.#runner, this.#maker, drafts)) this.#compared.add(opened)
    return drafts
  }

  async *#grown(draft: Draft, without: readonly string[] = []): AsyncGenerator<Trial> {
    if (this.#runner.stopped) return
    const { draft: full, others } = await grow(this.#runner, this.#maker, this.#words, draft, without)
    const named = withQueries(this.#maker, full, this.#words.queries)
    const candidates = [full, plausible(this.#maker, full), ...others, ...named].filter(
      (one) => one !== draft && this.#tried.isNew(one),
    )
    const opened = await opening(
      this.#runner,
      this.#maker,
      candidates.filter((one) => others.includes(one)),
    )
    for (const one of this.#deep.has(draft) ? candidates : opened) this.#deep.add(one)
    let ended = false
    for (const trial of await this.#runner.tryAll(this.#maker, candidates)) {
      if (answered(trial)) this.accepted.push(trial.case.draft)
      ended ||= trial.case.draft === full && full !== draft && (isRefused(trial) || isFailed(trial))
      // What has more leaves is kept even when it behaves alike: they are places to attack.
      this.#keep(trial, (trial.case.draft === full && full !== draft) || opened.includes(trial.case.draft))
      yield trial
    }
    if (!ended || this.#fewer++ >= MOST_FEWER) return
    for (const one of await fewer(this.#runner, this.#maker, full, draft)) yield* this.#grown(one.draft, one.without)
  }

  /** Sets one leaf at a time; what behaves differently becomes a variant and is grown. */
  async *#gates(all: readonly Draft[]): AsyncGenerator<Trial> {
    const keys = all.filter((draft) => this.#tried.isNew(draft))
    for (let from = 0; from < keys.length && this.#goesOn; from += 32) {
      const fresh: Draft[] = []
      for (const trial of await this.#runner.tryAll(this.#maker, keys.slice(from, from + 32))) {
        if (this.#keep(trial, this.#compared.has(trial.case.draft)) && this.variants.at(-1)?.trial === trial)
          fresh.push(trial.case.draft)
        yield trial
      }
      for (const opened of fresh) if (this.#goesOn) yield* this.#grown(opened)
    }
  }

  /** A field and a value that belong together. */
  #namedKeys({ draft, trial }: Variant): Draft[] {
    const unique = new Map(keyed(this.#maker, draft, trial, this.#words).filter(([key]) => !this.#keys.has(key)))
    for (const [key, keyed] of unique) {
      this.#keys.add(key)
      if (this.#compared.size < MOST_COMPARED) this.#compared.add(keyed)
    }
    return [...unique.values()]
  }

  /** True when the trial behaved in a way not seen before. */
  #keep(trial: Trial, always = false): boolean {
    const reach = reachedPoints(trial)
    // A field that reaches a sink for the first time is new behaviour too: the answer alone may not show it.
    const seen = [
      signatureOf(trial),
      ...[...reach].flatMap(([pointer, places]) =>
        places.filter(({ kind }) => kind !== 'log').map(({ place }) => `${pointer} > ${place}`),
      ),
    ]
    const fresh = seen.some((one) => !this.#signatures.has(one))
    for (const one of seen) this.#signatures.set(one, (this.#signatures.get(one) ?? 0) + 1)
    // What ends the process is a finding, not a way in: every try from there would end it again.
    const ended = ['timed-out', 'crashed'].includes(trial.observations.at(-1)?.outcome.kind ?? '')
    if ((fresh || always) && !ended) this.variants.push(variantOf(trial, reach))
    return fresh || always
  }
}
