import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2'
import { createServer as createSocketServer, type Server } from 'node:net'
import { join } from 'node:path'
import { setTimeout as later } from 'node:timers/promises'
import type { AwsCall, Planted, SignedRequest, WebCall } from '../model/index.js'
import type { CertificateAuthority } from './certificate.js'
import { databasesOf, limited } from './databases.js'
import { Emulator, forwarded } from './emulator.js'
import type { HttpAnswer } from './encode.js'
import { throughExtension } from './extension.js'
import { CUT } from './fixtures.js'
import { forward } from './forward.js'
import type { OpenTarget, SidecarSockets } from './messages.js'
import { type OwnPolicy, ownPolicy } from './own-policy.js'
import { readRequest } from './request.js'
import { createTargetAws, respond, type TargetAws } from './respond.js'
import { Signatures, signedCall } from './signed.js'
import { warnings } from './warnings.js'
import { answerWeb } from './web.js'

/** The sidecar's side of one target: its pair of sockets, and what lies behind them. */
export interface TargetServer {
  readonly sockets: SidecarSockets
  /** Answers of single executions; those given before are forgotten. */
  plant(planted: readonly Planted[]): void
  /** The function made a signature. */
  signed(request: SignedRequest): void
  reset(): void
  close(): Promise<void>
}

type Incoming = IncomingMessage | Http2ServerRequest
type Outgoing = ServerResponse | Http2ServerResponse

// A presigned URL or a session token is long; Node's default of 16 KiB is not enough for both.
const MOST_HEADER_BYTES = 64 * 1024
/** Long beside the stub's usual millisecond, short beside any timeout. */
const LATE_MS = 60

/** Whom a target's server tells: of each request before its answer is written, and once of each kind that it could not read. */
export interface Listeners {
  call(call: AwsCall): void
  /** A request to a host that is none of AWS's. */
  web(call: WebCall): void
  warning(message: string): void
}

interface Serving {
  readonly target: OpenTarget
  readonly aws: TargetAws
  readonly tell: Listeners
  readonly signatures: Signatures
  readonly emulator: Emulator | undefined
  /** Number of the next call. */
  next(): number
}

type Handle = (incoming: Incoming, outgoing: Outgoing) => void

/** Takes requests: what goes wrong with one is said, and is no end of the others. */
const taking =
  (answer: (incoming: Incoming, outgoing: Outgoing) => Promise<void>): Handle =>
  (incoming, outgoing) => {
    // The peer may vanish at any moment: that is its own affair.
    incoming.on('error', () => undefined)
    outgoing.on('error', () => undefined)
    answer(incoming, outgoing).catch((error: unknown) => {
      process.stderr.write(
        `eventfuzz sidecar: could not answer a request: ${String(error instanceof Error ? error.stack : error)}\n`,
      )
      write(outgoing, { status: 500, headers: {}, body: Buffer.alloc(0) })
    })
  }

/** Requests of one target to AWS: each is told, then answered or passed on. */
function handlerOf({ target, aws, tell, signatures, emulator, next }: Serving): Handle {
  const warn = warnings(tell.warning)
  return taking(async (incoming, outgoing) => {
    const request = throughExtension(await readRequest(incoming), target.region)
    signatures.note(request)
    const { call, answer, problem, final, late } = respond(request, aws, next())
    const isInvoke = call.service === 'lambda' && call.operation === 'Invoke' && call.answeredBy === 'stub'
    const endpoint = isInvoke && !final ? target.lambda : undefined
    if (problem !== null) warn(call, problem, request.body)
    const isTheirs = endpoint === undefined && !final && call.answeredBy === 'stub'
    const theirs = isTheirs ? await emulator?.ask(request) : undefined
    if (theirs !== undefined) {
      tell.call(forwarded(call, theirs))
      return write(outgoing, theirs)
    }
    tell.call(endpoint === undefined ? call : { ...call, outcome: 'ok', answeredBy: 'forward', invented: false })
    if (late) await later(LATE_MS)
    write(outgoing, endpoint === undefined ? answer : await forward(request, endpoint))
  })
}

/** Requests to hosts that are none of AWS's. */
const webHandlerOf = ({ http = [] }: OpenTarget, tell: Listeners): Handle =>
  taking(async (incoming, outgoing) => {
    const { call, answer } = answerWeb(await readRequest(incoming), http)
    tell.web(call)
    // One connection each: an event shows the same connections whatever came before it. HTTP/2 has no such header.
    const headers = incoming.httpVersionMajor === 1 ? { ...answer.headers, connection: 'close' } : answer.headers
    write(outgoing, { ...answer, headers })
  })

/** Listens for one target. */
export async function openTarget(target: OpenTarget, authority: CertificateAuthority, tell: Listeners): Promise<TargetServer> {
  const policy: OwnPolicy | undefined = target.caller && (await ownPolicy(target.caller, target.account))
  const aws = createTargetAws({ region: target.region, account: target.account }, target.fixtures, target.tables, policy)
  const signatures = new Signatures()
  const emulator = target.endpoint === undefined ? undefined : new Emulator(target.endpoint, tell.warning)
  let calls = 0
  const next = () => ++calls
  const handle = handlerOf({ target, aws, tell, signatures, emulator, next })
  const databases = databasesOf(target, authority, next, tell.call)
  const sockets = socketsIn(target.dir)
  const web = webHandlerOf(target, tell)
  const servers = [
    await listen(secureServer(authority, handle), sockets.tls),
    await listen(plainServer(handle), sockets.plain),
    await listen(secureServer(authority, web), sockets.webTls),
    await listen(plainServer(web), sockets.web),
  ]
  for (const service of ['postgres', 'mysql', 'redis', 'mongodb'] as const)
    servers.push(await listen(createSocketServer(limited(databases.connect[service])), sockets[service]))
  const reset = (): void => {
    databases.reset()
    aws.store.clear()
    aws.invocations.clear()
    aws.used.clear()
  }
  const plant: TargetServer['plant'] = (planted) => {
    aws.planted = new Map(planted.map((one) => [one.n, one]))
    aws.stood.clear()
  }
  const signed = (request: SignedRequest): void => {
    if (!signatures.has(request)) tell.call(signedCall(request, aws.place, next()))
  }
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((end) => end()))
    emulator?.close()
  }
  return { sockets, plant, signed, reset, close }
}

const socketsIn = (dir: string): SidecarSockets => ({
  tls: join(dir, 'tls.sock'),
  plain: join(dir, 'plain.sock'),
  webTls: join(dir, 'web-tls.sock'),
  web: join(dir, 'web.sock'),
  postgres: join(dir, 'postgres.sock'),
  mysql: join(dir, 'mysql.sock'),
  redis: join(dir, 'redis.sock'),
  mongodb: join(dir, 'mongodb.sock'),
})

function plainServer(handle: (incoming: Incoming, outgoing: Outgoing) => void): Server {
  return createServer({ maxHeaderSize: MOST_HEADER_BYTES }, handle)
}

function secureServer(authority: CertificateAuthority, handle: (incoming: Incoming, outgoing: Outgoing) => void): Server {
  const http1 = { maxHeaderSize: MOST_HEADER_BYTES }
  const server = createSecureServer({
    allowHTTP1: true,
    ...http1,
    SNICallback: (name, done) => done(null, authority.contextFor(name.slice(0, 255))),
  })
  // A client that connects by address sends no server name.
  server.setSecureContext(authority.fallback)
  server.on('request', handle)
  server.on('sessionError', () => undefined)
  server.on('tlsClientError', () => undefined)
  server.on('session', (session) => session.on('error', () => undefined))
  return server
}

/** Starts to listen; gives back how to stop, with all its connections. */
async function listen(server: Server, path: string): Promise<() => Promise<void>> {
  const open = new Set<{ destroy(): void }>()
  server.on('connection', (socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => resolve())
  })
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      for (const socket of open) socket.destroy()
    })
}

function write(outgoing: Outgoing, { status, headers, body }: HttpAnswer): void {
  if (outgoing.headersSent || outgoing.destroyed) return
  if (status === CUT) return void ('stream' in outgoing ? outgoing.stream.destroy() : outgoing.socket?.destroy())
  // Both kinds of response have these two methods; their union has no common signature.
  const response = outgoing as ServerResponse
  response.writeHead(status, { 'content-length': String(body.length), ...headers })
  response.end(body)
}
