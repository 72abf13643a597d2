import { randomInt } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fuzz } from '../commands/fuzz.js'
import { durationMs } from '../config/index.js'
import { ConfigError, type Report } from '../model/index.js'
import { type ReporterId, reporters } from '../report/index.js'
import { renderText } from '../report/text.js'
import { awsEndpoint } from './aws-endpoint.js'
import { EXIT, exitCodeOf } from './exit-codes.js'
import { failOn, list, oneOf, sandboxLevel, type TargetFlags, targetOptions, wholeNumber } from './options.js'
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
  readonly seedEvents?: string
  readonly executeSinks?: boolean
  readonly awsEndpoint?: string
  readonly enforcePolicy?: boolean
  readonly quiet?: boolean
}

const IDS = Object.keys(reporters) as ReporterId[]

/** `eventfuzz fuzz`: runs, prints, and returns the exit code. */
export async function runFuzz(targets: readonly string[], flags: FuzzFlags): Promise<number> {
  const threshold = failOn(flags.failOn)
  const shown = list(flags.reporter ?? 'list').map((id) => oneOf(id, '--reporter', IDS))
  const files = (flags.outputFile ?? []).map(outputFile)
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
  const { report, store, missed } = await fuzz(
    {
      ...targetOptions(flags),
      targets,
      runs: flags.runs === undefined ? undefined : wholeNumber(flags.runs, '--runs', 1),
      timeMs: flags.time === undefined ? undefined : durationMs(flags.time, '--time', 1),
      seed: flags.seed === undefined ? randomInt(2 ** 31) : wholeNumber(flags.seed, '--seed'),
      workers: flags.workers === undefined ? availableParallelism() : wholeNumber(flags.workers, '--workers', 1),
      outputDir: flags.outputDir,
      node: flags.node ?? process.execPath,
      sandbox: sandboxLevel(flags.sandbox),
      rules: list(flags.rules),
      excludeRules: list(flags.excludeRules),
      experimental: flags.experimental === true,
      payloads: flags.payloads,
      baseline: flags.baseline,
      seedEvents: flags.seedEvents,
      executeSinks: flags.executeSinks === true,
      awsEndpoint: awsEndpoint(flags.awsEndpoint),
      enforcePolicy: flags.enforcePolicy === true,
      cwd: process.cwd(),
    },
    (step) => progress.take(step),
    stop.signal,
  )
  progress.end()
  store.write('report.html', (await reporters.html()).render(report))
  for (const id of shown) process.stdout.write(await rendered(id, report))
  for (const { id, file } of files) writeOutput(file, (await reporters[id]()).render(report))
  process.stderr.write(`report: ${path.relative(process.cwd(), path.join(store.dir, 'report.html')) || store.dir}\n`)
  const code = exitCodeOf(report, threshold)
  return code === EXIT.clean && missed ? EXIT.missed : code
}

async function rendered(id: ReporterId, report: Report): Promise<string> {
  if (id === 'list') return renderText(report, { color: process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined })
  return (await reporters[id]()).render(report)
}

function outputFile(text: string): { readonly id: ReporterId; readonly file: string } {
  const [id = '', ...rest] = text.split('=')
  if (rest.length === 0) throw new ConfigError(`--output-file takes <format>=<path>, not '${text}'`)
  return { id: oneOf(id, '--output-file', IDS), file: rest.join('=') }
}

function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    throw new ConfigError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code})`)
  }
}
