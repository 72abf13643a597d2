import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { rawRequest } from '../../events/http-request.js'
import { type AuditLine, audited, readLines } from '../../invokers/live/audit-log.js'
import { systemClock } from '../../invokers/live/clock.js'
import { Gate } from '../../invokers/live/gate.js'
import { httpLine } from '../../invokers/live/http-line.js'
import { liveInvoker } from '../../invokers/live/invoker.js'
import { Journal } from '../../invokers/live/journal.js'
import { lambdaLine } from '../../invokers/live/lambda-line.js'
import { Commits } from '../../invokers/live/line-file.js'
import type { Line } from '../../invokers/live/live-session.js'
import { secretVariables } from '../../invokers/live/secrets-outside.js'
import { type LocalOptions, localInvoker } from '../../invokers/local.js'
import {
  ConfigError,
  type Invoker,
  type LiveConfig,
  type LiveReport,
  type Oracle,
  type PayloadFamily,
  type Target,
} from '../../model/index.js'
import { fromOutside } from '../../oracles/outside.js'
import { announcement } from './announcement.js'
import { type Guarded, guarded } from './guarded.js'
import { type Place, whereText } from './places.js'

export interface LiveFlags {
  /** `--live` was given. */
  readonly flag: boolean
  readonly profile: string | undefined
  readonly region: string | undefined
  /** Origin on this machine that answers the Invoke API. */
  readonly endpoint: string | undefined
  /** Answers come as a stream. */
  readonly streamed: boolean
  readonly timeMs: number | undefined
}

/** Everything that is different when functions really run. */
export interface Live {
  readonly invoker: Invoker
  readonly targets: readonly Target[]
  /** Lines to be read before anything is sent. */
  readonly announcement: readonly string[]
  readonly gate: Gate
  /** What judges, what is sent, and what cannot be judged. */
  readonly oracles: readonly Oracle[]
  readonly blind: readonly string[]
  /** Search executions: the rest of the invocations is for proving. */
  readonly runs: number
  report(): LiveReport
}

export const AUDIT = 'audit.jsonl'
const JOURNAL = 'journal.jsonl'
const SEARCHING = 0.6

/** Asks every guard, then opens the way to the places. Nothing has been sent when it returns. */
export async function openLive(
  places: readonly Place[],
  config: LiveConfig | undefined,
  flags: LiveFlags,
  cwd: string,
  run: { readonly dir: string; readonly resumed: boolean; readonly local: LocalOptions | undefined },
  oracles: readonly Oracle[],
): Promise<Live> {
  const { flag, profile, region, endpoint } = flags
  const through = await guarded(places, { flag, config, client: { cwd, profile, region, endpoint } })
  if (config === undefined) throw new ConfigError('the configuration has no live section')
  const timeMs = Math.min(config.budget.timeMs, flags.timeMs ?? Number.POSITIVE_INFINITY)
  const audit = path.join(run.dir, AUDIT)
  const earlier = run.resumed ? audited(readLines<AuditLine>(audit)) : undefined
  if (!run.resumed) rmSync(path.join(run.dir, JOURNAL), { force: true })
  const commits = new Commits()
  // An answer is kept before it is told that there was one.
  const journal = new Journal(path.join(run.dir, JOURNAL), run.resumed, commits)
  const gate = new Gate({
    ...{ budget: { ...config.budget, timeMs }, stopFile: config.stopFile, audit, earlier, clock: systemClock, commits },
  })
  const lines = new Map<string, Line>()
  for (const one of through) lines.set(one.place.target.id, await lineOf(one, config, flags))
  const isHere = places.some(({ target }) => existsSync(target.file))
  const local = isHere && run.local !== undefined ? await localInvoker(run.local) : undefined
  const invoker = liveInvoker(({ id }) => lines.get(id), gate, journal, local)
  const outside = fromOutside(
    oracles,
    places.some(({ kind }) => kind === 'http'),
  )
  const targets = through.map(targetOf)
  return {
    ...{ invoker: closing(invoker, through, lines), targets, gate },
    announcement: announcement(through, config, timeMs, earlier),
    ...outside,
    runs: Math.max(1, Math.floor(config.budget.invocations * SEARCHING)),
    report: () => reportOf(through, config, gate),
  }
}

/** What may be sent to a function that really runs: nothing that loads it, and nothing that makes it call others. */
export const harmless = (families: readonly PayloadFamily[]): readonly PayloadFamily[] =>
  families.filter(
    ({ safety, classes }) =>
      safety.allowRemote &&
      safety.level !== 'bounded-load' &&
      !classes.some((name) => /^(?:NET|RES|DOS)-|BOMB|LOAD|REDOS/.test(name)),
  )

/** As it is deployed, not as the template says. */
function targetOf({ place: { target }, deployed }: Guarded): Target {
  if (deployed === undefined) return target
  const { timeoutMs, memoryMb, runtime = target.runtime } = deployed
  return { ...target, timeoutMs, memoryMb, runtime }
}

async function lineOf(one: Guarded, { budget }: LiveConfig, flags: LiveFlags): Promise<Line> {
  const { place, clients, deployed } = one
  const { timeoutMs, memoryMb } = targetOf(one)
  if (clients === undefined) {
    const requestOf = ({ wire }: Parameters<Line['once']>[0]) => wire && rawRequest(wire.source, wire.value)
    return httpLine({ url: place.name, timeoutMs, memoryMb, concurrency: budget.concurrency, requestOf })
  }
  const { name, qualifier, word: where } = place
  const secrets = secretVariables(deployed?.environment ?? {})
  const callee = { name, qualifier, where, timeoutMs, memoryMb, secrets, streamed: flags.streamed }
  return lambdaLine(callee, place.target, clients.sdk, clients.lambda)
}

/** Connections end with the invoker. */
const closing = (invoker: Invoker, through: readonly Guarded[], lines: ReadonlyMap<string, Line>): Invoker => ({
  ...invoker,
  async [Symbol.asyncDispose]() {
    await invoker[Symbol.asyncDispose]()
    for (const { clients } of through) clients?.lambda.destroy()
    for (const line of lines.values()) await (line as Partial<AsyncDisposable>)[Symbol.asyncDispose]?.()
  },
})

function reportOf(through: readonly Guarded[], { owner }: LiveConfig, gate: Gate): LiveReport {
  const { invocations, gbSeconds } = gate.spending
  return {
    places: [...new Set(through.map(({ place }) => whereText(place)))],
    owner,
    account: through.find(({ caller }) => caller !== undefined)?.caller?.account ?? null,
    region: through.find(({ region }) => region !== undefined)?.region ?? null,
    ...{ invocations, throttled: gate.throttled, gbSeconds: Number(gbSeconds.toFixed(6)) },
    estimatedUsd: gate.spending.usd,
    audit: AUDIT,
    stoppedBy: gate.stopped?.why ?? null,
  }
}
