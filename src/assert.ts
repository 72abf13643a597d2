/** For test files, whatever runs them: `import { fuzzHandler } from 'eventfuzz/assert'`. */
import { AssertionError } from 'node:assert'
import { randomInt } from 'node:crypto'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fuzz } from './commands/fuzz.js'
import { replay } from './commands/replay.js'
import { sourceId } from './config/index.js'
import { shellWord } from './events/shell-words.js'
import { type Finding, SEVERITIES, type Severity, TargetError } from './model/index.js'
import { isOpen } from './report/open-findings.js'
import { findingsText } from './report/text-finding.js'
import { visible } from './report/visible.js'

export interface FuzzHandlerOptions {
  /** Event sources such as 'sqs' or 'apigw-v2'. */
  readonly event: string | readonly string[]
  /** Executions to spend; with a seed the run is repeatable. Default: 500. */
  readonly runs?: number
  /** Default: another one each time; the error names it. */
  readonly seed?: number
  /** The lowest severity that fails the test. Default: 'high'. */
  readonly failOn?: Severity
  /** Only these rules. */
  readonly rules?: readonly string[]
  /** Environment of the function. Nothing of the test's own environment reaches it. */
  readonly environment?: Readonly<Record<string, string>>
  /** Timeout of the function, in ms. */
  readonly timeoutMs?: number
}

/**
 * Fuzzes a handler (a file, or `file#export`), in processes of its own. Throws an AssertionError that shows each finding with its
 * minimal event and its replay line, and holds them as `findings`; a TargetError when the handler could not be tested; a ConfigError
 * for wrong options.
 */
export async function fuzzHandler(handler: string | URL, options: FuzzHandlerOptions): Promise<void> {
  if (typeof handler !== 'string' && !(handler instanceof URL))
    throw new TypeError(
      "fuzzHandler takes the handler's file, such as 'src/orders.mjs' or 'src/orders.mjs#handler': it runs in a process of its own",
    )
  const { event, runs = 500, seed = randomInt(2 ** 31), failOn = 'high', rules = [], environment = {}, timeoutMs } = options
  const { report } = await fuzz(
    {
      targets: [pathOf(handler)],
      events: [event].flat().map(sourceId),
      ...{ runs, seed, rules, environment, timeoutMs },
      ...{ timeMs: undefined, memoryMb: undefined, runtime: undefined, policies: [], workers: 1, outputDir: undefined },
      ...{ node: process.execPath, sandbox: undefined, excludeRules: [], experimental: false, payloads: undefined },
      ...{ baseline: undefined, seedEvents: undefined, executeSinks: false, awsEndpoint: undefined, enforcePolicy: false },
      cwd: process.cwd(),
    },
    () => {},
    new AbortController().signal,
  )
  const [untested] = report.notTested.filter(({ what }) =>
    report.targets.some(({ id, status }) => id === what && status !== 'tested'),
  )
  if (untested !== undefined) throw new TargetError(visible(`${untested.what} was not tested: ${untested.why}`))
  const counted = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1)
  const found = report.findings.filter((finding) => isOpen(finding) && counted.includes(finding.severity))
  if (found.length > 0)
    throw failure(
      `${found.length} finding${found.length === 1 ? '' : 's'} with seed ${seed}\n\n${findingsText(found)}`,
      fuzzHandler,
      found,
    )
}

/** Replays an exported case in three fresh processes: throws an AssertionError when it reproduces in any of them. */
export async function assertFixed(caseFile: string | URL): Promise<void> {
  const what = pathOf(caseFile)
  const { stored, reproduced, runs } = await replay(
    {
      ...{ what, cwd: process.cwd(), node: process.execPath, sandbox: undefined, awsEndpoint: undefined, enforcePolicy: false },
      onWarning: (text) => process.emitWarning(visible(text)),
    },
    new AbortController().signal,
  )
  if (reproduced.k === 0) return
  const lines = [
    `${stored.rule} in ${stored.target.id} through ${stored.pointer} still reproduces (${reproduced.k} of ${reproduced.n})`,
    ...runs.slice(0, 1),
    `event   ${stored.steps.at(-1)?.text ?? ''}`,
    `replay  npx eventfuzz replay ${shellWord(path.relative(process.cwd(), what))}`,
  ]
  throw failure(lines.map((line) => visible(line, { max: 4_000 })).join('\n'), assertFixed, [])
}

const pathOf = (file: string | URL): string =>
  typeof file === 'string' ? file : `${fileURLToPath(new URL(file.pathname, file))}${file.hash}`

function failure(message: string, stackStartFn: (...args: never[]) => unknown, findings: readonly Finding[]): AssertionError {
  return Object.assign(new AssertionError({ message, stackStartFn }), { findings })
}
