/** Runs inside the sandbox, without probes, and prints as JSON what it could do: the levels are proven, not assumed. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'

const [outside = '', home = '', port = '0'] = process.argv.slice(2)

function can(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}

const connects = (): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port: Number(port), timeout: 500 })
    const end = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
    socket.once('timeout', () => end(false))
  })

const result = {
  spawn: can(() => execFileSync('/bin/sh', ['-c', 'exit 0'])),
  write: can(() => fs.writeFileSync(outside, 'x')),
  readHome: can(() => fs.readdirSync(home)),
  connect: await connects(),
}
process.stdout.write(`${JSON.stringify(result)}\n`)
