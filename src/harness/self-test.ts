/** Runs inside the sandbox, without probes, and prints as JSON what it could do: the levels are proven, not assumed. */
import { execFileSync } from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import net from 'node:net'

const [outside = '', home = '', port = '0', udpPort = '0', parent = '0'] = process.argv.slice(2)
const PATIENCE_MS = 300

async function can(attempt: () => unknown): Promise<boolean> {
  try {
    await attempt()
    return true
  } catch {
    return false
  }
}

/** Settles, one way or the other, within the time that a packet to this machine needs many times over. */
const within = <T>(start: (resolve: (value: T) => void, reject: (error: Error) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('no answer')), PATIENCE_MS).unref()
    start(resolve, reject)
  })

const connect = () =>
  within<void>((resolve, reject) => {
    const socket = net.connect({ host: '127.0.0.1', port: Number(port) })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })

// Whether a datagram arrived, the listener outside tells.
const send = () =>
  within<void>((resolve, reject) => {
    const socket = dgram.createSocket('udp4')
    socket.once('error', reject)
    socket.send('x', Number(udpPort), '127.0.0.1', (error) => {
      socket.close()
      if (error) reject(error)
      else resolve()
    })
  })

const ask = () =>
  within<void>((resolve, reject) => {
    const resolver = new dns.Resolver({ timeout: 100, tries: 1 })
    resolver.setServers([`127.0.0.1:${udpPort}`])
    resolver.resolve4('example.invalid', (error) =>
      error?.code === 'ETIMEOUT' ? resolve() : reject(error ?? new Error('answered')),
    )
  })

const inspect = async () => {
  const inspector = await import('node:inspector')
  inspector.open(0, '127.0.0.1')
  inspector.close()
}

const [spawn, write, readHome, tcp, udp, query, signal, inspector] = await Promise.all([
  can(() => execFileSync('/bin/sh', ['-c', 'exit 0'])),
  can(() => fs.writeFileSync(outside, 'x')),
  can(() => fs.readdirSync(home)),
  can(connect),
  can(send),
  can(ask),
  can(() => process.kill(Number(parent), 0)),
  can(inspect),
])
process.stdout.write(`${JSON.stringify({ spawn, write, readHome, connect: tcp, udp, dns: query, signal, inspector })}\n`, () =>
  process.exit(0),
)
