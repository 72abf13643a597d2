/** What a hostile handler does to its process before it does what it should not: each must still be seen, and its neighbours unharmed. */
import childProcess, { execSync } from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const swallow = (work) => {
  try {
    return work()
  } catch {
    return undefined
  }
}

const preludes = {
  nothing: () => undefined,
  tampers: () => {
    JSON.stringify = () => '"mine"'
    JSON.parse = () => ({})
    Buffer.from = () => new Uint8Array(0)
    Buffer.concat = () => new Uint8Array(0)
    Array.prototype.push = () => 0
    Array.prototype.filter = () => []
    String.prototype.includes = () => false
    RegExp.prototype.test = () => false
    RegExp.prototype.exec = () => null
    Map.prototype.get = () => undefined
    Object.entries = () => []
    Reflect.apply = () => undefined
    globalThis.setTimeout = () => undefined
    globalThis.setImmediate = () => undefined
    process.nextTick = () => undefined
    performance.now = () => 0
    Date.now = () => 0
  },
  freezes: () => {
    for (const one of [Object, Array, String, Function, Promise, Error, Map, Buffer, RegExp]) {
      Object.freeze(one)
      Object.freeze(one.prototype)
    }
    Object.freeze(childProcess)
    Object.freeze(fs)
    Object.freeze(globalThis.console)
  },
  replacesConsole: () => {
    globalThis.console = new Proxy({}, { get: () => () => undefined })
    process.stdout.write = () => true
  },
  catchesEverything: () => {
    process.removeAllListeners('uncaughtException')
    process.removeAllListeners('unhandledRejection')
    process.on('uncaughtException', () => undefined)
    process.on('unhandledRejection', () => undefined)
  },
  putsBack: () => {
    // What it can still get of the original modules.
    swallow(() => process.binding('spawn_sync'))
    syncBuiltinESMExports()
  },
  inspectsStack: () => {
    Error.stackTraceLimit = 0
    Error.prepareStackTrace = () => 'nothing to see'
    Error.captureStackTrace = () => undefined
  },
}

const endings = {
  closesFds: () => {
    for (const fd of [3, 4]) swallow(() => fs.closeSync(fd))
    return 'closed'
  },
  writesGarbage: () => {
    fs.writeSync(4, 'garbage that is no frame at all')
    return 'garbled'
  },
  forks: () => {
    const child = childProcess.fork(import.meta.filename)
    return typeof child.pid
  },
  forksShells: () => {
    for (let i = 0; i < 50; i++) childProcess.spawn('sh', ['-c', 'sleep 60'], { detached: true }).unref()
    return 'forked'
  },
  floodsRaw: () => {
    for (let i = 0; i < 100; i++) fs.writeSync(1, 'x'.repeat(1024 * 1024))
    return 'flooded'
  },
  readsParent: () => {
    const seen = ['/proc/1/environ', `/proc/${process.ppid}/environ`, '/proc/self/environ', '/etc/shadow', '/root/.bash_history']
    return seen.map((file) => swallow(() => fs.readFileSync(file, 'utf8').length) ?? 'denied').join()
  },
  listens: () =>
    new Promise((resolve) => {
      const server = net.createServer().listen(0, () => resolve(`listening ${server.address() !== null}`))
      server.on('error', () => resolve('denied'))
    }),
}

export const handler = async ({ prelude, ending, text }) => {
  preludes[prelude ?? 'nothing']()
  if (ending !== undefined) return endings[ending]()
  try {
    return String(execSync(`echo ${text}`))
  } catch (error) {
    return `caught ${error}`
  }
}
