import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { AwsCall, Planted, SignedRequest, WebCall } from '../model/index.js'
import type { FromSidecar, OpenTarget, SidecarSockets, ToSidecar } from './messages.js'

/** How a function's process reaches its AWS. */
export interface OpenedTarget {
  readonly sockets: SidecarSockets
  /** PEM of the CA that signs the sidecar's certificates. */
  readonly ca: string
}

/** The AWS sidecar, seen from the parent. After a crash every method rejects. */
export interface Sidecar extends AsyncDisposable {
  readonly pid: number
  /** Makes the target's sockets; `onCall` hears each AWS request before it is answered, `onWeb` each to another host. */
  open(target: OpenTarget, onCall: (call: AwsCall) => void, onWeb?: (call: WebCall) => void): Promise<OpenedTarget>
  /** Resolves once they have heard every request that the sidecar has taken so far. */
  flush(id: string): Promise<void>
  /** Gives single executions AWS answers and items of their own; those given before are forgotten. */
  plant(id: string, planted: readonly Planted[]): Promise<void>
  /** A signature that the function made: a call unless it was asked for as well. Told before the next `flush` ends. */
  signed(id: string, request: SignedRequest): void
  /** Forgets what the target has put. */
  reset(id: string): Promise<void>
  close(id: string): Promise<void>
}

type Reply = Exclude<FromSidecar, { t: 'call' | 'web' | 'warning' }>

interface Listener {
  readonly call: (call: AwsCall) => void
  readonly web: (call: WebCall) => void
}

interface Waiting {
  readonly id: string
  readonly fits: (reply: Reply) => boolean
  readonly resolve: (reply: Reply) => void
  readonly reject: (error: Error) => void
}

/** Hears what the user should know: one line, safe for a terminal, once per kind and target. */
export type OnWarning = (message: string, id: string) => void

/** Starts the sidecar process. */
export async function startSidecar(onWarning: OnWarning = () => undefined): Promise<Sidecar> {
  const entry = fileURLToPath(new URL('./sidecar.js', import.meta.url))
  // A group of its own: Ctrl-C in a terminal goes to the whole group, and the report is still to be written.
  // No environment: it needs none, and the user's credentials are none of its business.
  const child = spawn(process.execPath, [entry], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: {}, detached: true })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) => reject(new Error('could not start the AWS sidecar', { cause })))
  })
  return clientOf(child, onWarning)
}

function clientOf(child: ChildProcess, onWarning: OnWarning): Sidecar {
  const listeners = new Map<string, Listener>()
  const link = linkTo(child, listeners, onWarning)
  let token = 0
  return {
    pid: child.pid!,
    async open(target, onCall, onWeb = () => undefined) {
      listeners.set(target.id, { call: onCall, web: onWeb })
      const { id, dir, region, account, fixtures, tables = {}, http = [], lambda, endpoint, caller } = target
      const more = {
        ...(lambda === undefined ? {} : { lambda }),
        ...(endpoint === undefined ? {} : { endpoint }),
        ...(caller === undefined ? {} : { caller }),
      }
      const reply = await link.ask(
        { t: 'open', id, dir, region, account, fixtures, tables, http, ...more },
        (r) => r.t === 'opened' && r.id === id,
      )
      if (reply.t !== 'opened') throw new Error(`the AWS sidecar answered ${reply.t} to open`)
      return { sockets: reply.sockets, ca: reply.ca }
    },
    async flush(id) {
      const mine = ++token
      await link.ask({ t: 'flush', id, token: mine }, (r) => r.t === 'flushed' && r.token === mine)
    },
    async plant(id, planted) {
      await link.ask({ t: 'plant', id, planted }, (r) => r.t === 'planted' && r.id === id)
    },
    signed: (id, request) => link.tell({ t: 'signed', id, request }),
    async reset(id) {
      await link.ask({ t: 'reset', id }, (r) => r.t === 'reset-done' && r.id === id)
    },
    async close(id) {
      await link.ask({ t: 'close', id }, (r) => r.t === 'closed' && r.id === id)
      listeners.delete(id)
    },
    [Symbol.asyncDispose]: () => link.end(),
  }
}

/** Questions and answers over the IPC channel; whoever still waits when the process ends is told so. */
function linkTo(child: ChildProcess, listeners: ReadonlyMap<string, Listener>, onWarning: OnWarning) {
  const waiting = new Set<Waiting>()
  let gone: Error | undefined
  const ended = new Promise<void>((resolve) =>
    child.once('exit', (code, signal) => resolve(fail(`the AWS sidecar ended (${signal ?? `exit ${code}`})`))),
  )
  const fail = (message: string): void => {
    gone = new Error(message)
    for (const { reject } of waiting) reject(gone)
    waiting.clear()
  }
  child.on('error', (error) => fail(`the AWS sidecar cannot be reached: ${error.message}`))
  child.on('message', (message) => {
    const said = message as FromSidecar
    if (said.t === 'call') listeners.get(said.id)?.call(said.call)
    else if (said.t === 'web') listeners.get(said.id)?.web(said.call)
    else if (said.t === 'warning') onWarning(said.message, said.id)
    else settle(waiting, said)
  })
  return {
    ask(message: ToSidecar, fits: Waiting['fits']): Promise<Reply> {
      if (gone !== undefined) return Promise.reject(gone)
      return new Promise((resolve, reject) => {
        waiting.add({ id: message.id, fits, resolve, reject })
        child.send(message)
      })
    },
    tell(message: ToSidecar): void {
      if (gone === undefined) child.send(message)
    },
    async end(): Promise<void> {
      if (gone === undefined) child.kill('SIGKILL')
      await ended
    },
  }
}

/** Gives a reply to the one who waits for it; a failure to the first who asked about that target. */
function settle(waiting: Set<Waiting>, said: Reply): void {
  for (const each of waiting) {
    if (said.t === 'failed' ? each.id !== said.id : !each.fits(said)) continue
    waiting.delete(each)
    if (said.t === 'failed') each.reject(new Error(`the AWS sidecar failed on target ${said.id}: ${said.message}`))
    else each.resolve(said)
    return
  }
}
