import { EXIT } from './exit-codes.js'
import { interrupted } from './interrupted.js'
import { portNumber, sandboxLevel, type TargetFlags, targetOptions } from './options.js'

export interface ServeFlags extends TargetFlags {
  readonly host: string
  readonly port: string
  readonly node?: string
  readonly sandbox?: string
}

/** `eventfuzz serve`: until Ctrl-C, which is how it is meant to end. */
export async function runServe(targets: readonly string[], flags: ServeFlags): Promise<number> {
  const { serve } = await import('../commands/serve.js')
  const { visible } = await import('../report/visible.js')
  const say = (text: string) => process.stderr.write(`${visible(text)}\n`)
  await serve(
    {
      ...targetOptions(flags),
      targets,
      host: flags.host,
      port: portNumber(flags.port),
      node: flags.node ?? process.execPath,
      sandbox: sandboxLevel(flags.sandbox),
      cwd: process.cwd(),
    },
    ({ endpoint, sandbox, functions, notServed }) => {
      for (const { name, handler } of functions) say(`${name}  ${handler}`)
      for (const { what, why } of notServed) say(`not served: ${what}: ${why}`)
      say(`Lambda Invoke API on ${endpoint} (sandbox ${sandbox})`)
    },
    interrupted(),
  )
  return EXIT.clean
}
