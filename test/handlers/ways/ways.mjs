// biome-ignore-all lint/security/noGlobalEval: it is one of the ways
// biome-ignore-all lint/style/useNodejsImportProtocol: so is a name without its protocol
import childProcess, { exec, execFileSync, spawn } from 'node:child_process'
import dgram from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { createReadStream, existsSync, readFile } from 'node:fs'
import { open, readFile as read } from 'node:fs/promises'
import http from 'node:http'
import http2 from 'node:http2'
import https, { get } from 'node:https'
import { createRequire } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'
import { promisify } from 'node:util'
import vm, { runInNewContext } from 'node:vm'

const require = createRequire(import.meta.url)
// Taken apart before anything runs.
const { execSync } = childProcess
const { readFileSync } = require('fs')
const { Script } = vm
const run = promisify(exec)
const readLater = promisify(readFile)
const settled = (emitter, ...names) =>
  new Promise((resolve) => {
    for (const name of ['error', 'close', 'end', ...names]) emitter.once(name, resolve)
  })
const quietly = (work) =>
  Promise.resolve()
    .then(work)
    .catch(() => undefined)

/** Every way to a sink that Node has; `x` is the event's. */
export const ways = {
  'process exec, named import': (x) => settled(exec(`ls ${x}`)),
  'process exec, promisified': (x) => run(`ls ${x}`),
  'process execSync, taken apart': (x) => execSync(`ls ${x}`),
  'process execFileSync': (x) => execFileSync('ls', [x]),
  'process spawn': (x) => settled(spawn('ls', [x])),
  'process spawnSync, default import': (x) => childProcess.spawnSync('ls', [x]),
  'process spawn, require': (x) => settled(require('child_process').spawn('sh', ['-c', `ls ${x}`])),
  'fs readFile, promises': (x) => read(`/etc/${x}`),
  'fs readFile, promisified': (x) => readLater(`/etc/${x}`),
  'fs readFileSync, taken apart': (x) => readFileSync(`/etc/${x}`),
  'fs open, promises': (x) => open(`/etc/${x}`),
  'fs createReadStream': (x) => settled(createReadStream(`/etc/${x}`)),
  'fs existsSync': (x) => existsSync(`/etc/${x}`),
  'fs promises of fs, by dynamic import': async (x) => (await import('fs')).promises.stat(`/etc/${x}`),
  'code eval': (x) => eval(`"${x}"`),
  'code eval, indirect': (x) => (0, eval)(`"${x}"`),
  'code Function': (x) => new Function(`return "${x}"`)(),
  'code Function by constructor': (x) => (() => undefined).constructor(`return "${x}"`)(),
  'code AsyncFunction': (x) => (async () => undefined).constructor(`return "${x}"`)(),
  'code vm, named import': (x) => runInNewContext(`"${x}"`),
  'code vm.Script, taken apart': (x) => new Script(`"${x}"`).runInThisContext(),
  'code vm.compileFunction': (x) => vm.compileFunction(`return "${x}"`),
  'module require': (x) => require(x),
  'regexp new': (x) => new RegExp(x),
  'regexp call': (x) => RegExp(x, 'i'),
  'connect net': (x) => settled(net.connect(80, `${x}.example.invalid`)),
  'connect new Socket': (x) => settled(new net.Socket().connect(80, `${x}.example.invalid`)),
  'connect tls': (x) => settled(tls.connect(443, `${x}.example.invalid`)),
  'connect http': (x) => settled(http.request(`http://${x}.example.invalid/`).end()),
  'connect https get, named import': (x) => settled(get(`https://${x}.example.invalid/`)),
  'connect https, agent': (x) => settled(https.request({ host: `${x}.example.invalid`, agent: new https.Agent() }).end()),
  'connect http2': (x) => settled(http2.connect(`https://${x}.example.invalid`)),
  'connect fetch': (x) => fetch(`https://${x}.example.invalid/`),
  'connect WebSocket': (x) =>
    globalThis.WebSocket === undefined
      ? settled(net.connect(80, `${x}.example.invalid`))
      : new Promise((resolve) => {
          const socket = new WebSocket(`wss://${x}.example.invalid/`)
          socket.onerror = resolve
          socket.onclose = resolve
        }),
  'connect dns': (x) => lookup(`${x}.example.invalid`),
  'connect dgram': (x) =>
    new Promise((resolve) => {
      const socket = dgram.createSocket('udp4')
      socket.once('error', resolve)
      socket.send('hello', 53, `${x}.example.invalid`, resolve)
    }),
}

export const handler = async ({ way, x }) => {
  await quietly(() => ways[way](x))
  return way
}
