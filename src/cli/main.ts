#!/usr/bin/env node
/** Reads the command line; everything heavy is loaded by the command that needs it. */
import { Command, CommanderError } from 'commander'
import { version } from '../commands/version.js'
import { GENERATED_STAGES, SOURCE_IDS } from '../model/case.js'
import type { IgnoreFlags } from './run-findings.js'
import type { FuzzFlags } from './run-fuzz.js'
import type { IamFlags } from './run-iam.js'
import type { MergeFlags } from './run-merge.js'
import type { GenerateFlags, ReplayFlags } from './run-others.js'
import type { ListFlags } from './run-project.js'
import type { ReportFlags } from './run-report.js'
import type { ServeFlags } from './run-serve.js'

// Written here too: asking for help loads no reporter.
const REPORTER_NAMES = 'list, json, html, sarif, junit, markdown, csv, github, asff, ndjson'

const collect = (value: string, before: string[] = []): string[] => [...before, value]

function targetFlags(command: Command): Command {
  return command
    .option('-e, --event <source>', `what triggers the function: ${SOURCE_IDS.join(', ')} (repeatable)`, collect)
    .option('--policy <file>', 'IAM policy document of the role (repeatable)', collect)
    .option('--env-file <file>', 'environment of the function, NAME=value lines')
    .option('--timeout <duration>', "the function's timeout, such as 3s")
    .option('--memory <MiB>', "the function's memory")
    .option('--parameter <NAME=value>', 'value of a parameter of the templates (repeatable)', collect)
    .option('--runtime <name>', 'Lambda runtime whose contract is kept, such as nodejs22.x')
}

function program(done: (code: number) => void): Command {
  const main = new Command('eventfuzz')
    .description('Attacks AWS Lambda functions through the events that trigger them, and proves what it finds.')
    .version(version(), '-V, --version', 'print the version')
    .showSuggestionAfterError(true)
    .exitOverride()
  main.configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'eventfuzz: ')) })
  targetFlags(
    main
      .command('fuzz [target...]')
      .description('fuzz handler files (file or file#export), targets of the configuration, or all of them'),
  )
    .option('--runs <n>', 'executions to spend; with --seed the run is repeatable')
    .option('--time <duration>', 'time to spend (default: 30s for one target, 5m for a project)')
    .option('--max-findings <n>', 'end the run once so many new findings are confirmed')
    .option('--seed <n>', 'seed of every random choice')
    .option('-j, --workers <n>', 'targets fuzzed at the same time')
    .option('--reporter <list>', `reports, comma separated, each printed or as format=path: ${REPORTER_NAMES}, pdf=path`, 'list')
    .option('--output-dir <dir>', 'write the run here instead of .eventfuzz/runs/<id>')
    .option('--output-file <format=path>', 'also render a report into a file (repeatable)', collect)
    .option('--fail-on <severity>', 'exit 1 for findings of this severity or above: critical, high, medium, low, none', 'high')
    .option('--node <path>', 'run the function under another Node')
    .option('--sandbox <level>', 'demand a level: strong, medium, weak, none')
    .option('--rules <list>', 'only these rules')
    .option('--exclude-rules <list>', 'all but these rules')
    .option('--experimental', 'also rules that have not proven themselves yet')
    .option('--payloads <dir>', 'further payload files')
    .option('--execute-sinks', 'let processes that the function starts really run, in a strong sandbox')
    .option('--aws-endpoint <url>', 'let an emulator on this machine or network answer AWS calls, such as http://localhost:4566')
    .option('--surface <which>', 'delivered: what services hand over; direct: any JSON, by who may invoke it; all', 'delivered')
    .option('--min-coverage <pct>', 'exit 4 when less than this of the lines of a function was reached')
    .option('--enforce-policy', "deny AWS calls that the role's own policies do not allow")
    .option('--instrument <package>', 'look into this package of node_modules as into own code (repeatable)', collect)
    .option('--seed-events <dir>', 'captured events (.json) to begin with; secrets in them are left out')
    .option('--baseline <file>', 'findings that are known and accepted: they do not count')
    .option('--known [dir]', 'test earlier findings first (default .eventfuzz/known; always without --runs and --output-dir)')
    .option('--no-known', 'neither test findings of earlier runs again nor keep those of this one')
    .option('--new-only', 'count only findings that earlier runs did not have, with --known')
    .option('--shard <i/n>', 'test only the i-th of n shares of the targets; merge puts the runs together')
    .option('--changed <ref>', 'test only functions that have changed since this branch or commit')
    .option('--keep <n>', 'delete the oldest stored runs, so that so many stay')
    .option('--live', 'attack functions that really run: ARNs, URLs, live.targets; the configuration has to allow it too')
    .option('--profile <name>', 'live: profile of the AWS credentials')
    .option('--region <name>', 'live: region of the functions')
    .option('--endpoint <url>', 'live: what answers the Invoke API on this machine, such as http://127.0.0.1:3001')
    .option('--streamed', 'live: the functions answer with a stream')
    .option('--resume [run]', 'live: go on where a run was interrupted, without invoking again')
    .option('-q, --quiet', 'no progress')
    .action(async (targets: string[], flags: FuzzFlags) => done(await (await import('./run-fuzz.js')).runFuzz(targets, flags)))
  main
    .command('replay <fingerprint|file>')
    .description('run a stored case again in three fresh processes: exit 1 when it reproduces, 0 when it does not')
    .option('--node <path>', 'run the function under another Node')
    .option('--sandbox <level>', 'demand a level: strong, medium, weak, none')
    .option('--aws-endpoint <url>', 'let an emulator on this machine or network answer AWS calls, such as http://localhost:4566')
    .option('--enforce-policy', "deny AWS calls that the role's own policies do not allow")
    .option('--target <arn|name|url>', 'run it where the function is deployed; needs --live and the configuration')
    .option('--live', 'really run it there')
    .option('--profile <name>', 'live: profile of the AWS credentials')
    .option('--region <name>', 'live: region of the function')
    .option('--endpoint <url>', 'live: what answers the Invoke API on this machine')
    .option('--streamed', 'live: the function answers with a stream')
    .action(async (what: string, flags: ReplayFlags) => done(await (await import('./run-others.js')).runReplay(what, flags)))
  targetFlags(
    main
      .command('iam [target...]')
      .description(
        "what the role allows against what honest events made the function do; 'iam update' renews the list of IAM actions",
      ),
  )
    .option(
      '--evidence <file>',
      'evidence.jsonl of a run, a CloudTrail file (.json, .gz), an Access Advisor result (repeatable; default: the last run)',
      collect,
    )
    .option('--suggest', 'right-sized policies as a diff, each with the proof that it is enough and nowhere broader')
    .option('--min-coverage <pct>', 'exit 4 when less than this of the lines of a function was reached')
    .option('--role <name>', 'read the policies of this role from the account (only reads; your own @aws-sdk/client-iam)')
    .option('--fail-on <what>', 'exit 1 for: any, dangerous (and missing), missing, none (default: any)')
    .option('--output-file <format=path>', 'also render it into a file: sarif, markdown, html, json (repeatable)', collect)
    .option('--last-accessed', 'with --role: what the role used in the account counts too (Access Advisor, by action)')
    .option('--profile <name>', 'with --role: profile of your AWS configuration')
    .option('--region <name>', 'with --role: region through which IAM is asked')
    .option('--request <file>', 'decide requests ({ action, resource, principal, context }, or a list) by the policies instead')
    .option('--json', 'print JSON')
    .action(async (targets: string[], flags: IamFlags) => done(await (await import('./run-iam.js')).runIam(targets, flags)))
  main
    .command('generate <source>')
    .description('print events of a source, one JSON a line')
    .option('--stage <stage>', GENERATED_STAGES.join(', '), 'valid')
    .option('--count <n>', 'how many', '10')
    .option('--seed <n>', 'the same seed gives the same events', '0')
    .option('--bare', 'print the event itself')
    .option('--recipe', 'with the commands that deliver it')
    .option('--explain', 'with what is special about it, and which fields others than you and AWS choose')
    .option('--payloads <dir>', 'stage hostile: also payloads of your own')
    .action(async (source: string, flags: GenerateFlags) =>
      done(await (await import('./run-others.js')).runGenerate(source, flags)),
    )
  main
    .command('report <run>')
    .description('render a stored run again: last, the id or directory of a run, or a report.json')
    .option('--format <list>', `comma separated, each printed or as format=path: ${REPORTER_NAMES}, pdf=path`, 'list')
    .option('--output <file>', 'write the one format into this file')
    .action(async (run: string, flags: ReportFlags) => done(await (await import('./run-report.js')).runReport(run, flags)))
  main
    .command('merge <run...>')
    .description('make one stored run of several: all shares of a run, or runs of different functions')
    .option('--output-dir <dir>', 'write the run here instead of .eventfuzz/runs/<id>')
    .option('--known [dir]', 'tell what is new from what earlier runs found (.eventfuzz/known), and remember it')
    .option('--reporter <list>', `reports, comma separated, each printed or as format=path: ${REPORTER_NAMES}, pdf=path`, 'list')
    .option('--fail-on <severity>', 'exit 1 for findings of this severity or above: critical, high, medium, low, none', 'high')
    .action(async (runs: string[], flags: MergeFlags) => done(await (await import('./run-merge.js')).runMerge(runs, flags)))
  main
    .command('diff <run-a> <run-b>')
    .description('what is new, fixed or no longer there in the second of two stored runs')
    .option('--json', 'print JSON')
    .action(async (a: string, b: string, flags: { json?: boolean }) =>
      done(await (await import('./run-merge.js')).runDiff(a, b, flags)),
    )
  main
    .command('ignore <fingerprint>')
    .description('write into the baseline that a finding is known and accepted; fuzz --baseline reads it')
    .requiredOption('--reason <text>', 'why it is accepted')
    .option('--owner <name>', 'who answers for it')
    .option('--expires <day>', 'from this day on it counts again, such as 2027-03-01')
    .option('--false-positive', 'the finding is wrong, rather than a risk that is taken')
    .option('--baseline <file>', 'the baseline', 'eventfuzz.baseline.json')
    .action(async (what: string, flags: IgnoreFlags) => done(await (await import('./run-findings.js')).runIgnore(what, flags)))
  main
    .command('baseline [file]')
    .description('list what the baseline accepts: until when, by whom, and whether the last run still has it')
    .option('--json', 'print JSON')
    .action(async (file: string | undefined, flags: { json?: boolean }) =>
      done(await (await import('./run-findings.js')).runBaseline(file ?? 'eventfuzz.baseline.json', flags)),
    )
  main
    .command('export <fingerprint|file>')
    .description('write a regression test that fails until the finding is fixed, for mocha, node:test, jest or vitest')
    .option('--output <file>', 'the test file, such as test/orders.test.mjs; its case is written beside it')
    .action(async (what: string, flags: { output?: string }) =>
      done(await (await import('./run-findings.js')).runExport(what, flags.output)),
    )
  main
    .command('list')
    .description('the functions of the project: triggers, handler, role, and what could not be found out')
    .option('--json', 'print JSON')
    .option('--parameter <NAME=value>', 'value of a parameter of the templates (repeatable)', collect)
    .option('--synth', "run the code of the project's CDK apps, to read what they make")
    .action(async (flags: ListFlags) => done(await (await import('./run-project.js')).runList(flags)))
  main
    .command('init')
    .description('write configuration, baseline and CI workflow after a look at the project')
    .option('--live [part]', 'print what attacks on deployed functions need instead: config, policy, template, or all of them')
    .action(async ({ live }: { live?: string | true }) => {
      const { runInit, runInitLive } = await import('./run-project.js')
      done(await (live === undefined ? runInit() : runInitLive(live)))
    })
  main
    .command('doctor')
    .description('what protects this machine from the function under test, and how to get more')
    .option('--node <path>', 'the Node that runs the function')
    .action(async (flags: { node?: string }) => done(await (await import('./run-project.js')).runDoctor(flags)))
  targetFlags(main.command('serve [target...]').description('answer the Lambda Invoke API for these functions on this machine'))
    .option('--port <n>', 'port to listen on; 0: any that is free', '3001')
    .option('--host <address>', 'loopback address to listen on', '127.0.0.1')
    .option('--node <path>', 'run the functions under another Node')
    .option('--sandbox <level>', 'demand a level: strong, medium, weak, none')
    .action(async (targets: string[], flags: ServeFlags) => done(await (await import('./run-serve.js')).runServe(targets, flags)))
  main
    .command('debug <fingerprint|file>')
    .description('run a stored case once under a debugger, without sandbox and timeout: exit codes as of replay')
    .option('--node <path>', 'run the function under another Node')
    .option('--port <n>', 'port of the inspector; 0: any that is free', '9229')
    .action(async (what: string, flags: { node?: string; port: string }) =>
      done(await (await import('./run-debug.js')).runDebug(what, flags)),
    )
  main
    .command('rules [show] [id]')
    .description('list the rules, or show one: what counts, how it is proven, how to fix it, what cannot be seen')
    .action(async (...words: unknown[]) =>
      done(await (await import('./run-rules.js')).runRules(words.filter((word) => typeof word === 'string'))),
    )
  return main
}

/** Wrong use is one line and 2; a target that cannot run is one line and 3; anything else is ours, printed whole, and 70. */
async function failed(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const { ConfigError, TargetError } = await import('../model/errors.js')
  if (error instanceof ConfigError || error instanceof TargetError) {
    const { visible } = await import('../report/visible.js')
    process.stderr.write(`eventfuzz: ${visible(error.message)}\n`)
    return error instanceof ConfigError ? 2 : 3
  }
  process.stderr.write(
    `eventfuzz failed; this is a bug of ours, please report it\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return 70
}

// `| head` closes the pipe: nobody wants the rest.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70))

let code = 0
try {
  const main = program((result) => {
    code = result
  })
  if (process.argv.length <= 2) main.outputHelp()
  else await main.parseAsync()
} catch (error) {
  code = await failed(error)
}
process.exitCode = code
// Whatever still holds the event loop is nothing that anybody waits for.
if (process.stdout.writableLength === 0) process.exit(code)
else process.stdout.once('drain', () => process.exit(code))
