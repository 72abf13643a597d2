import { AsyncLocalStorage } from 'node:async_hooks'
import type net from 'node:net'
import type { SidecarPaths, SourceLocation } from '../../model/index.js'
import { connectionContext } from '../context.js'
import { databaseRoutes, replicaSetIn, serverOf } from '../database-routes.js'
import { withIntrinsics } from '../intrinsics.js'
import { pending } from '../invoke.js'
import type { DatabaseRoutes } from '../redirect-databases.js'
import { carriesCanary } from '../report-effect.js'
import { framesHere } from '../stack.js'

// In a bundle the driver's frames look like the user's, and a pool that opens a connection is ten calls deep: the parent tells.
const MOST_FRAMES = 24
const MOST_OF_WRITE = 8
const LONGEST = 8 * 1024
// Who asked for what runs now, where the stack does not reach: a pool answers its callers from a queue.
const askers = new AsyncLocalStorage<readonly SourceLocation[]>()
const askedBy = askers.getStore.bind(askers)
const runAs = askers.run.bind(askers) as <T>(frames: readonly SourceLocation[], body: () => T) => T

/** The stack's own frames, then those of who asked. Frames of packages stand only for themselves. */
function frames(): readonly SourceLocation[] {
  const here = framesHere(frames, MOST_FRAMES)
  const asked = askedBy() ?? []
  const own = here.filter(({ file }) => !file.includes('node_modules/'))
  return own.length + asked.length === 0
    ? here
    : [...(asked.length > 0 ? own.slice(0, Math.max(MOST_OF_WRITE, MOST_FRAMES - asked.length)) : own), ...asked].slice(
        0,
        MOST_FRAMES,
      )
}

const open = new Set<net.Socket>()

/** Connections of databases on which no answer is awaited: an open pool is no work that was left behind. */
export const idleDatabases = (): number => {
  let idle = 0
  for (const socket of open) if (socket.bytesRead > (written.get(socket) ?? 0)) idle++
  return idle
}
// How much had been read when last something was written
const written = new WeakMap<net.Socket, number>()
// `host:port` that a client of MongoDB connected to: it checks that this is what the server calls itself.
const places = new WeakMap<net.Socket, string>()

/** Connections to databases go to the sidecar, and every write on them says whose it is. A host that the event chose does not. */
export function databaseProbe(sockets: SidecarPaths): DatabaseRoutes {
  const routes = databaseRoutes(sockets, process.env)
  let follows = false
  return {
    isHost: (host) => !carriesCanary(host) && withIntrinsics(() => routes.isHost(host)),
    serverOf: (host) => (carriesCanary(host) ? undefined : withIntrinsics(() => serverOf(host))),
    socketOf: (host, port) => (carriesCanary(host) ? undefined : withIntrinsics(() => routes.socketOf(host, port))),
    context: (socket) => {
      written.set(socket, socket.bytesRead)
      return withIntrinsics(() => said(frames(), placeOf(socket)))
    },
    connecting(connect) {
      if (!follows) followTicks()
      follows = true
      return runAs(withIntrinsics(frames), connect)
    },
    opened(socket, to) {
      withIntrinsics(() => notePlace(socket, to))
      if (typeof to !== 'string') open.delete(to)
      open.add(socket)
      socket.once('close', () => open.delete(socket))
    },
  }
}

/** The context, with fewer frames where their names are very long: the sidecar reads no more than 8 KiB. */
function said(all: readonly SourceLocation[], place: object): string {
  const running = pending.interrupt?.execution
  const whole = connectionContext(all, running, place)
  if (whole.length <= LONGEST) return whole
  const short = connectionContext(all.slice(0, 2), running, place)
  return short.length <= LONGEST ? short : connectionContext([], running, place)
}

function notePlace(socket: net.Socket, to: string | net.Socket): void {
  const at = typeof to === 'string' ? to : places.get(to)
  if (at !== undefined) places.set(socket, at)
}

function placeOf(socket: net.Socket): object {
  const at = places.get(socket)
  return at === undefined || !/:270\d\d$/.test(at) ? {} : { at, set: replicaSetIn(process.env) }
}

/** Pools put a caller off by process.nextTick: what runs then still knows who asked. Only once a database was connected to. */
function followTicks(): void {
  const { nextTick } = process
  Reflect.set(process, 'nextTick', (callback: (...args: unknown[]) => void, ...args: unknown[]): unknown => {
    if (typeof callback !== 'function') return Reflect.apply(nextTick, process, [callback, ...args])
    const asking = withIntrinsics(frames).filter(({ file }) => !file.includes('node_modules/'))
    if (asking.length === 0) return Reflect.apply(nextTick, process, [callback, ...args])
    return runAs(asking, () => Reflect.apply(nextTick, process, [callback, ...args]))
  })
}
