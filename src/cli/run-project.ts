import { TargetError } from '../model/index.js'
import { EXIT } from './exit-codes.js'

/** `eventfuzz list`: the functions of the project. 3 when there is none. */
export async function runList(flags: { readonly json?: boolean }): Promise<number> {
  const { list } = await import('../commands/list.js')
  const { functions, problems } = await list(process.cwd())
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, functions, problems }, null, 2)}\n`)
  } else if (functions.length > 0 || problems.length > 0) {
    const { renderList } = await import('../report/text-list.js')
    process.stdout.write(renderList(functions, problems))
  }
  if (functions.length > 0) return EXIT.clean
  throw new TargetError(
    'There is no function here: no SAM, CloudFormation, serverless.yml, CDK or Terraform template below this directory describes one',
  )
}

/** `eventfuzz init`: writes what is not there yet. */
export async function runInit(): Promise<number> {
  const { init } = await import('../commands/init.js')
  const { summary, files } = await init(process.cwd())
  process.stdout.write(`${summary}\n`)
  for (const { file, wrote } of files) process.stdout.write(`${wrote ? 'wrote' : 'kept '} ${file}\n`)
  return EXIT.clean
}

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
