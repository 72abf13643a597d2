import { type ProjectProblem, TargetError } from '../model/index.js'
import { EXIT } from './exit-codes.js'
import { oneOf, parameters } from './options.js'

export interface ListFlags {
  readonly json?: boolean
  readonly synth?: boolean
  readonly parameter?: readonly string[]
}

/** `eventfuzz list`: the functions of the project. 3 when there is none. */
export async function runList(flags: ListFlags): Promise<number> {
  const { list } = await import('../commands/list.js')
  const cwd = process.cwd()
  const given = parameters(flags.parameter)
  const failures = flags.synth === true ? await synthesised(cwd) : []
  const listing = await list(cwd, given)
  const { functions } = listing
  // Of an app that could not be run, only why it could not.
  const problems = [...failures, ...listing.problems.filter(({ file }) => !failures.some((one) => one.file === file))]
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, functions, problems }, null, 2)}\n`)
  } else if (functions.length > 0 || problems.length > 0) {
    const { renderList } = await import('../report/text-list.js')
    process.stdout.write(renderList(functions, problems))
  }
  if (functions.length > 0) return EXIT.clean
  throw new TargetError(
    problems.length > 0
      ? 'No function was found here: no template could be read that describes one'
      : 'There is no function here: no SAM, CloudFormation, serverless.yml, CDK or Terraform template below this directory describes one',
  )
}

/** Runs the CDK apps, and says so: listing runs nothing of a project otherwise. */
async function synthesised(cwd: string): Promise<readonly ProjectProblem[]> {
  const { synthAll } = await import('../commands/synth.js')
  const { visible } = await import('../report/visible.js')
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  try {
    return await synthAll(cwd, process.env, (app) => process.stderr.write(`runs the code of ${visible(app)}\n`), stop.signal)
  } catch (error) {
    if (stop.signal.aborted) process.exit(EXIT.interrupted)
    throw error
  } finally {
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

/** `eventfuzz init`: writes what is not there yet. */
export async function runInit(): Promise<number> {
  const { init } = await import('../commands/init.js')
  const { summary, files } = await init(process.cwd())
  process.stdout.write(`${summary}\n`)
  for (const { file, wrote } of files) process.stdout.write(`${wrote ? 'wrote' : 'kept '} ${file}\n`)
  return EXIT.clean
}

/** `eventfuzz init --live`: prints, and writes nothing. */
export async function runInitLive(part: string | true): Promise<number> {
  const { initLive, PARTS } = await import('../commands/live/init-live.js')
  const wanted = part === true ? PARTS : [oneOf(part, '--live', PARTS)]
  const texts = await initLive(process.cwd())
  const shown = wanted.map((one) => (wanted.length === 1 ? texts[one] : `# ${HEADINGS[one]}\n\n${texts[one]}`))
  process.stdout.write(shown.join('\n'))
  return EXIT.clean
}

const HEADINGS = {
  config: 'eventfuzz.config.json: --live alone attacks nothing. Only config: eventfuzz init --live config',
  policy: 'The least IAM policy of whoever runs eventfuzz. Only policy: eventfuzz init --live policy',
  template: 'CloudFormation: a role with that policy, and a nightly run. Only template: eventfuzz init --live template',
} as const

/** `eventfuzz doctor`: what protects this machine from the function under test. 4 when the best level is not there. */
export async function runDoctor(flags: { readonly node?: string }): Promise<number> {
  const { doctor } = await import('../commands/doctor.js')
  const examined = await doctor(flags.node ?? process.execPath)
  for (const { level, state, open, advice } of examined) {
    process.stdout.write(`${level.padEnd(7)} ${state}\n`)
    // Strong lets processes run and inspectors open: both see nothing of the machine.
    if (open.length > 0)
      process.stdout.write(`        a function can ${open.join(', ')}${level === 'strong' ? ' (inside only)' : ''}\n`)
    if (advice !== '') process.stdout.write(`        to get it: ${advice}\n`)
  }
  const best = examined.find(({ state }) => state === 'holds')
  process.stdout.write(`Runs here use the level ${best?.level ?? 'none'}; --sandbox <level> demands one.\n`)
  return best?.level === 'strong' ? EXIT.clean : EXIT.missed
}
