import { EXIT } from './exit-codes.js'
import { interrupted } from './interrupted.js'
import { portNumber } from './options.js'

/** `eventfuzz debug`: one run of a stored case, held at its first line until a debugger lets it go. Exit codes as of replay. */
export async function runDebug(what: string, flags: { readonly node?: string; readonly port: string }): Promise<number> {
  const { debug } = await import('../commands/debug.js')
  const { visible } = await import('../report/visible.js')
  const run = await debug(
    { what, cwd: process.cwd(), node: flags.node ?? process.execPath, port: portNumber(flags.port) },
    ({ stored, port, code, events }) => {
      const lines = [
        `${stored.rule} in ${stored.target.id}, ${stored.pointer}`,
        `event:    ${events.join(', ')}`,
        `function: ${code}`,
        `attach:   node inspect 127.0.0.1:${port}, or chrome://inspect`,
        'It waits before its first line: set a breakpoint in the function, then resume. Without sandbox; Ctrl-C ends it.',
      ]
      process.stderr.write(`${lines.map((line) => visible(line)).join('\n')}\n`)
    },
    interrupted(),
  )
  if (run === undefined) return EXIT.interrupted
  process.stdout.write(`${visible(run.text).slice(0, 300)}\n${run.fired ? 'reproduces' : 'does not reproduce'}\n`)
  return run.fired ? EXIT.findings : EXIT.clean
}
