/** Tries to get out, by every way the probes watch, and tells how far it came. */
import { execSync } from 'node:child_process'
import dgram from 'node:dgram'
import { resolve4 } from 'node:dns/promises'
import fs from 'node:fs'
import net from 'node:net'

const attempt = async (work) => {
  try {
    return { ok: true, value: String(await work()).slice(0, 200) }
  } catch (error) {
    return { ok: false, code: error.code ?? error.name }
  }
}

const connect = (port) =>
  new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve('connected'))
    socket.on('error', reject)
  })

const send = (port) =>
  new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4')
    socket.on('error', reject)
    socket.send('x', port, '127.0.0.1', (error) => {
      socket.close()
      if (error) reject(error)
      else resolve('sent')
    })
  })

export const handler = async ({ home, outside, port, udpPort, parent }) => ({
  spawn: await attempt(() => execSync(`echo x > ${outside}`)),
  write: await attempt(() => fs.writeFileSync(outside, 'x')),
  readHome: await attempt(() => fs.readFileSync(`${home}/secret.txt`, 'utf8')),
  tcp: await attempt(() => connect(port)),
  udp: await attempt(() => send(udpPort)),
  dns: await attempt(() => resolve4('example.invalid')),
  kill: await attempt(() => process.kill(parent, 0)),
})
