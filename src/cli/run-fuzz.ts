import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fuzz } from '../commands/fuzz.js'
import { keepRuns } from '../commands/run-store.js'
import { shardOf } from '../commands/share.js'
import { surfaceOf } from '../commands/surfaced.js'
import { durationMs } from '../config/index.js'
import { ConfigError } from '../model/index.js'
import { visible } from '../report/visible.js'
import { awsEndpoint } from './aws-endpoint.js'
import { EXIT, exitCodeOf } from './exit-codes.js'
import {
  failOn,
  list,
  liveFlags,
  percentage,
  reachedShare,
  sandboxLevel,
  type TargetFlags,
  targetOptions,
  wholeNumber,
} from './options.js'
import { outputsOf, writeOutputs, writePage } from './outputs.js'
import { progressOn } from './progress.js'

export interface FuzzFlags extends TargetFlags {
  readonly runs?: string
  readonly time?: string
  readonly seed?: string
  readonly workers?: string
  readonly reporter?: string
  readonly outputDir?: string
  readonly outputFile?: readonly string[]
  readonly failOn: string
  readonly node?: string
  readonly sandbox?: string
  readonly rules?: string
  readonly excludeRules?: string
  readonly experimental?: boolean
  readonly payloads?: string
  readonly baseline?: string
  /** False: --no-known. True: --known without a directory. */
  readonly known?: string | boolean
  readonly newOnly?: boolean
  readonly shard?: string
  readonly changed?: string
  readonly keep?: string
  readonly maxFindings?: string
  readonly seedEvents?: string
  readonly executeSinks?: boolean
  readonly awsEndpoint?: string
  readonly enforcePolicy?: boolean
  readonly surface: string
  readonly minCoverage?: string
  readonly live?: boolean
  readonly profile?: string
  readonly region?: string
  readonly endpoint?: string
  readonly streamed?: boolean
  readonly resume?: string | true
  readonly quiet?: boolean
}

/** `eventfuzz fuzz`: runs, prints, and returns the exit code. */
export async function runFuzz(targets: readonly string[], flags: FuzzFlags): Promise<number> {
  const threshold = failOn(flags.failOn)
  const outputs = outputsOf(flags.reporter, flags.outputFile)
  const least = percentage(flags.minCoverage)
  const keep = flags.keep === undefined ? undefined : wholeNumber(flags.keep, '--keep', 1)
  const progress = progressOn(process.stderr, flags.quiet === true)
  const stop = new AbortController()
  let interruptedAt = 0
  const interrupt = () => {
    // npx passes a terminal's Ctrl-C on, so it may come twice at once.
    if (stop.signal.aborted && Date.now() - interruptedAt > 1_000) process.exit(EXIT.interrupted)
    if (stop.signal.aborted) return
    interruptedAt = Date.now()
    stop.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  const { report, store, missed, failure } = await fuzz(
    {
      ...targetOptions(flags),
      targets,
      runs: flags.runs === undefined ? undefined : wholeNumber(flags.runs, '--runs', 1),
      maxFindings: flags.maxFindings === undefined ? undefined : wholeNumber(flags.maxFindings, '--max-findings', 1),
      timeMs: flags.time === undefined ? undefined : durationMs(flags.time, '--time', 1),
      seed: seedOf(flags),
      workers: flags.workers === undefined ? availableParallelism() : wholeNumber(flags.workers, '--workers', 1),
      outputDir: flags.outputDir,
      node: flags.node ?? process.execPath,
      sandbox: sandboxLevel(flags.sandbox),
      rules: list(flags.rules),
      excludeRules: list(flags.excludeRules),
      experimental: flags.experimental === true,
      payloads: flags.payloads,
      baseline: flags.baseline,
      known: knownDir(flags),
      shard: flags.shard === undefined ? undefined : shardOf(flags.shard),
      changed: flags.changed,
      newOnly: flags.newOnly === true,
      seedEvents: flags.seedEvents,
      executeSinks: flags.executeSinks === true,
      awsEndpoint: awsEndpoint(flags.awsEndpoint),
      enforcePolicy: flags.enforcePolicy === true,
      surface: surfaceOf(flags.surface),
      live: liveFlags(flags),
      cwd: process.cwd(),
    },
    (step) => {
      // Said even to those who want no progress.
      if (step.kind === 'announced') process.stderr.write(`${step.lines.map((line) => visible(line)).join('\n')}\n`)
      progress.take(step)
    },
    stop.signal,
  )
  progress.end()
  await writePage(report, store)
  await writeOutputs(report, outputs)
  if (keep !== undefined) keepRuns(process.cwd(), keep)
  process.stderr.write(`report: ${path.relative(process.cwd(), path.join(store.dir, 'report.html')) || store.dir}\n`)
  if (failure !== undefined) process.stderr.write(`eventfuzz: ${visible(failure.why)}\n`)
  const code =
    failure?.exit === EXIT.wrongUse || !report.run.interrupted
      ? (failure?.exit ?? exitCodeOf(report, threshold))
      : EXIT.interrupted
  const short = report.targets.some(({ status, coverage }) => status === 'tested' && reachedShare(coverage.lines) < least)
  return code === EXIT.clean && (missed || short) ? EXIT.missed : code
}

/** Shares of one run have one seed: machines cannot draw it together. */
function seedOf({ seed, shard }: FuzzFlags): number {
  if (seed === undefined && shard !== undefined) throw new ConfigError('--shard needs --seed, the same for all shares')
  return seed === undefined ? randomInt(2 ** 31) : wholeNumber(seed, '--seed')
}

/** A run that is limited by --runs is repeatable, and one with a directory of its own stands by itself: both have to be told what is known. */
function knownDir({ known, outputDir, runs, time }: FuzzFlags): string | undefined {
  if (typeof known === 'string') return known
  const standsAlone = outputDir !== undefined || (runs !== undefined && time === undefined)
  return known === true || (known === undefined && !standsAlone) ? path.join('.eventfuzz', 'known') : undefined
}
