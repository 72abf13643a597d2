import { execFile } from 'node:child_process'
import dgram from 'node:dgram'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command, Sandbox } from './sandbox.js'

/** What a function could do from inside a level. */
export interface Escapes {
  readonly spawn: boolean
  readonly write: boolean
  readonly readHome: boolean
  readonly connect: boolean
  readonly udp: boolean
  readonly dns: boolean
  readonly signal: boolean
  readonly inspector: boolean
}

const SELF_TEST = fileURLToPath(new URL('../harness/self-test.js', import.meta.url))

/** Lets a function without probes try to get out of a level. Undefined: the level could not even start on this machine. */
export async function escapesFrom(sandbox: Sandbox, node: string): Promise<Escapes | undefined> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-home-'))
  const tmp = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-tmp-'))
  const heard = { datagrams: 0 }
  const server = net.createServer((socket) => socket.destroy())
  const listener = dgram.createSocket('udp4', () => {
    heard.datagrams++
  })
  try {
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port))
    })
    await new Promise<void>((resolve) => listener.bind(0, '127.0.0.1', resolve))
    const outside = path.join(home, 'written')
    const args = [outside, home, String(port), String(listener.address().port), String(process.pid)]
    const test = await selfTest(sandbox.wrap(node, [], SELF_TEST, args, { read: [], sockets: null, tmp, cwd: '/tmp' }))
    // What was sent but never arrived did not get out; what was written into a directory of the sandbox's own neither.
    const arrived = heard.datagrams > 0
    return test && { ...test, write: test.write && existsSync(outside), udp: test.udp && arrived, dns: test.dns && arrived }
  } finally {
    server.close()
    listener.close()
    rmSync(home, { recursive: true, force: true })
    rmSync(tmp, { recursive: true, force: true })
  }
}

/** undefined: the sandbox could not start at all (no such program, no user namespaces). */
function selfTest(command: Command): Promise<Escapes | undefined> {
  return new Promise((resolve) => {
    execFile(command.file, [...command.args], { env: {}, timeout: 10_000, cwd: '/tmp' }, (error, stdout) => {
      try {
        resolve(error === null ? (JSON.parse(stdout) as Escapes) : undefined)
      } catch {
        resolve(undefined)
      }
    })
  })
}
