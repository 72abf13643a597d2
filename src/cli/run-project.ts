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
