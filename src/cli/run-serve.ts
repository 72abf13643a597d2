import { ConfigError } from '../model/index.js'
import { EXIT } from './exit-codes.js'
import { sandboxLevel, type TargetFlags, targetOptions, wholeNumber } from './options.js'

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

function portNumber(text: string): number {
  const port = wholeNumber(text, '--port')
  if (port > 65_535) throw new ConfigError(`--port takes a number up to 65535, not '${text}'`)
  return port
}

/** Aborted by the first Ctrl-C or SIGTERM; a second one, a moment later, does not wait for anything. */
function interrupted(): AbortSignal {
  const stop = new AbortController()
  let at = 0
  const interrupt = () => {
    // npx passes a terminal's Ctrl-C on, so it may come twice at once.
    if (stop.signal.aborted && Date.now() - at > 1_000) process.exit(EXIT.interrupted)
    if (stop.signal.aborted) return
    at = Date.now()
    stop.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  return stop.signal
}
