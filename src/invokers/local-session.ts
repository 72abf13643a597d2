import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { Sidecar } from '../aws/client.js'
import {
  type AwsCall,
  type Coverage,
  canariesIn,
  type Effect,
  type Execution,
  type HostTarget,
  type Observation,
  type Opened,
  type Planted,
  type Secret,
  type Session,
  standingItems,
  type WebCall,
} from '../model/index.js'
import type { CoverageMeter } from './coverage.js'
import { ended } from './died.js'
import { Host } from './host.js'
import { type Gathered, type Heard, observe } from './observed.js'
import type { Command } from './sandbox.js'
import type { SourceMaps } from './source-maps.js'

/** A developer steps through the function: loading takes as long as it takes, and nothing runs beside it. */
export interface Inspected {
  /** Of the inspector, on 127.0.0.1. */
  readonly port: number
  /** Ends the process, also one that waits for a debugger. */
  readonly signal: AbortSignal
  /** Hears the file that runs before it does. */
  onLaunch(code: string): void
}

/** All that is needed to start a process of the target. */
export interface Launch {
  /** Own directory of the session; removed with it. Also the session's id at the sidecar. */
  readonly dir: string
  readonly env: Record<string, string>
  /** The JavaScript that runs. */
  readonly code: string
  readonly maps: SourceMaps
  readonly inspect: Inspected | undefined
  /** Of instrumented code: what it reaches. */
  readonly meter?: CoverageMeter
  /** Tells the user, each line once. */
  warn(message: string): void
  /** Opens the session that discovery runs in, on instrumented code; undefined when there is none. */
  explorer?(): Promise<LocalSession | undefined>
  command(tmp: string): Command
  target(tmp: string): HostTarget
}

/** So many batches in a row may end the explorer's process each time. */
const MOST_LOST = 3
/** This often a process may end before it begins with an event, until the event is blamed. */
const STILLBORN = 3

/** A running target and its pre-warmed stand-in. */
export class LocalSession implements Session {
  readonly secrets: readonly Secret[]
  readonly code: string
  #launch: Launch
  #sidecar: Sidecar
  #host: Host
  #standby: Host | undefined
  /** Filled by the sidecar as calls come in. */
  #heard: Heard
  #unattributed: AwsCall[] = []
  #explorer: Promise<LocalSession | undefined> | undefined
  /** Whether its processes have their requests to other hosts refused. */
  #refuses = false
  /** Requests to other hosts that no event made: it loaded with their answers, and every event may use them. */
  #loadedWith: WebCall[] = []
  /** Batches of the explorer in a row in which nothing came to an end. */
  #lost = 0

  private constructor(launch: Launch, sidecar: Sidecar, heard: Heard, secrets: readonly Secret[], host: Host) {
    this.#launch = launch
    this.code = launch.code
    this.#sidecar = sidecar
    this.secrets = secrets
    this.#host = host
    this.#heard = heard
  }

  static async open(launch: Launch, sidecar: Sidecar, heard: Heard, secrets: readonly Secret[]): Promise<Opened> {
    const host = start(launch)
    const ready = await host.ready
    if (ready.t === 'init-error') {
      await host.dispose()
      await sidecar.close(launch.dir)
      rmSync(launch.dir, { recursive: true, force: true })
      return { kind: 'not-loaded', reason: ready.message, type: ready.type }
    }
    return { kind: 'open', session: new LocalSession(launch, sidecar, heard, secrets, host) }
  }

  async run(batch: readonly Execution[], signal: AbortSignal): Promise<readonly Observation[]> {
    if (batch[0]?.mode === 'discover') this.#explorer ??= this.#launch.explorer?.()
    const explorer = batch[0]?.mode === 'discover' ? await this.#explorer : undefined
    if (explorer === undefined) return this.#run(batch, signal)
    const observed = await explorer.#run(batch, signal)
    explorer.#unattributed = []
    // Instrumented code needs more memory and time: where it keeps dying, exploring goes on in the code as it is.
    const lost = observed.every(({ outcome }) => outcome.kind === 'crashed' || outcome.kind === 'timed-out')
    this.#lost = lost ? this.#lost + 1 : 0
    if (this.#lost === MOST_LOST) await this.#giveUp(explorer)
    return observed
  }

  async #run(batch: readonly Execution[], signal: AbortSignal): Promise<readonly Observation[]> {
    const gathered: Gathered = { done: new Map(), fresh: new Map(), outcomes: new Map(), late: new Map(), effects: [] }
    await this.#separate(batch)
    this.#standby ??= this.#ready()
    const planted = plantedFor(batch)
    if (planted.length > 0) await this.#sidecar.plant(this.#launch.dir, planted)
    let rest = batch
    let asked = false
    let stillborn = 0
    let alone = batch.length === 1
    while (rest.length > 0 && !signal.aborted) {
      if (this.#host.dead) await this.#swap()
      const part = await this.#host.run(alone ? rest.slice(0, 1) : rest, signal)
      asked ||= part.asked
      // Garbage on the channel may come from any event of a batch: each of them is asked alone.
      if (!alone && part.lost?.outcome.kind === 'crashed' && part.lost.outcome.reason === 'protocol') {
        alone = true
        this.#host.kill('exit')
        continue
      }
      for (const frame of part.done) {
        gathered.done.set(frame.n, frame)
        gathered.fresh.set(frame.n, this.#launch.meter?.reach(frame.hits ?? []) ?? 0)
      }
      gathered.effects.push(...part.effects)
      for (const { effect } of part.effects) warnOfPinning(effect, this.#launch)
      for (const request of part.signed) this.#sidecar.signed(this.#launch.dir, request)
      asked ||= part.signed.length > 0
      for (const frame of part.late) gathered.late.set(frame.n, frame.outcome)
      if (part.lost !== null) gathered.outcomes.set(part.lost.n, part.lost.outcome)
      // Ended before it began: a stand-in may have died while it waited, so the event is to blame only when it happens again.
      else if (!part.alive && part.done.length + part.late.length === 0 && ++stillborn === STILLBORN) {
        gathered.outcomes.set(rest[0]!.n, ended(this.#host.lastWords))
        stillborn = 0
      }
      if (!part.alive) this.#host.kill('exit')
      rest = rest.filter((item) => !gathered.done.has(item.n) && !gathered.outcomes.has(item.n))
    }
    if (asked) await this.#sidecar.flush(this.#launch.dir)
    return this.#observe(batch, gathered)
  }

  /** A connection that was kept open would still be answered, and so would what is asked while loading: another process. */
  async #separate(batch: readonly Execution[]): Promise<void> {
    const refuses = batch[0]?.web === 'refused'
    if (this.#refuses === refuses) return
    this.#refuses = refuses
    this.#loadedWith = []
    if (this.#launch.inspect !== undefined) return // A debugger waits in it, and it runs one case.
    this.#host.kill('exit')
    await this.#standby?.dispose()
    this.#standby = undefined
  }

  #ready = (): Host | undefined => (this.#launch.inspect === undefined ? start(this.#launch, this.#refuses) : undefined)

  async #giveUp(explorer: LocalSession): Promise<void> {
    this.#explorer = Promise.resolve(undefined)
    this.#launch.warn(
      `${path.basename(this.#launch.code)} does not run with counters: what it compares is not known, and coverage is not measured`,
    )
    await explorer[Symbol.asyncDispose]()
  }

  async renew(): Promise<void> {
    this.#host.kill('exit')
    await this.#swap()
    await this.#sidecar.reset(this.#launch.dir)
  }

  async coverage(): Promise<Coverage | undefined> {
    const explorer = await this.#explorer
    return explorer === undefined ? undefined : explorer.#launch.meter?.report()
  }

  unattributed(): readonly AwsCall[] {
    return this.#unattributed.splice(0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#explorer)?.[Symbol.asyncDispose]()
    await Promise.all([this.#host.dispose(), this.#standby?.dispose()])
    await this.#sidecar.close(this.#launch.dir)
    rmSync(this.#launch.dir, { recursive: true, force: true })
  }

  async #swap(): Promise<void> {
    const old = this.#host
    if (this.#launch.inspect !== undefined) await old.dispose() // The next one needs its port.
    const next = this.#standby
    if (next?.dead) await next.dispose()
    this.#host = next === undefined || next.dead ? start(this.#launch, this.#refuses) : next
    this.#standby = this.#ready()
    await Promise.all([old.dispose(), this.#host.ready])
  }

  #observe(batch: readonly Execution[], gathered: Gathered): Observation[] {
    const calls = this.#heard.aws.splice(0)
    const web = this.#heard.web.splice(0)
    for (const call of web)
      if (call.n === null && canariesIn(call.sent).length === 0 && !this.#loadedWith.some(({ host }) => host === call.host))
        this.#loadedWith.push(call)
    const observations = observe(batch, gathered, { aws: calls, web, loadedWith: this.#loadedWith }, this.#launch.maps)
    const known = new Set(observations.flatMap((o) => o.aws.map(({ call }) => call)))
    this.#unattributed.push(...calls.filter(({ call }) => !known.has(call)))
    return observations
  }
}

/** What AWS has to have and say for single events of a batch. */
function plantedFor(batch: readonly Execution[]): Planted[] {
  const planted = batch.map(({ n, text, answers = [] }) => ({ n, answers, items: standingItems(text) }))
  return planted.filter(({ answers, items }) => answers.length + items.length > 0)
}

/** The function refused the certificate that its AWS shows here: what it does with an answer is not seen. */
function warnOfPinning(effect: Effect, { warn }: Launch): void {
  if (effect.kind !== 'connect' || effect.api !== 'tls.checkServerIdentity') return
  const at = effect.location === null ? '' : ` (${effect.location.file}:${effect.location.line})`
  warn(
    `${effect.host} is refused by the function's own certificate check${at}: leave its checkServerIdentity out in tests, by a variable in the target's environment`,
  )
}

const FOREVER_MS = 2 ** 31 - 1

function start(launch: Launch, refuses = false): Host {
  const tmp = mkdtempSync(path.join(launch.dir, 'tmp-'))
  const initMs = launch.inspect === undefined ? undefined : FOREVER_MS
  const host = new Host(launch.command(tmp), launch.env, { ...launch.target(tmp), refuses }, tmp, initMs)
  launch.inspect?.signal.addEventListener('abort', () => host.kill('exit'))
  return host
}
