import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'
import { noteRequest } from './context.js'
import { addContextHeaders, type Context } from './redirect-context.js'
import { connectTagged, type DatabaseRoutes, isTagged, tagWrites } from './redirect-databases.js'
import { refuseDatagrams } from './redirect-datagrams.js'
import { patchDns } from './redirect-dns.js'

/** What the redirection needs to know, and whom it asks. */
export interface RedirectOptions {
  /** The sidecar's unix sockets of this target. */
  readonly sockets: { readonly tls: string; readonly plain: string; readonly webTls: string; readonly web: string }
  /** PEM of the sidecar's CA. */
  readonly ca: string
  /** Where databases are answered; without it their ports are like any other. */
  readonly databases?: DatabaseRoutes
  /** Hosts that always go to the sidecar; `isAwsHost` when left out. */
  readonly isAws?: (host: string) => boolean
  /** Asked for every other host: is it AWS all the same, does somebody else's API answer, or is it refused with ECONNREFUSED? */
  onConnect(host: string, port: number, tls: boolean, api: string): 'stub' | 'web' | 'refuse'
  /** The caller's own check of certificates refused the sidecar's. */
  onRefused?(host: string, port: number): void
  /** A name was looked up that is none of AWS's; the answer is ENOTFOUND. */
  onDns?(host: string, api: string): void
  /** Value of the context header for a request made now, by an AWS SDK or not: base64url of JSON `{n, location, frames}`. */
  context: Context
  /** False when the caller patches more and calls `module.syncBuiltinESMExports()` itself. */
  readonly sync?: boolean
}

// These end in amazonaws.com as well, but speak no AWS protocol: databases, brokers, machines and balancers of the owner.
const NOT_AN_API =
  /\.(rds|cache|docdb|redshift|neptune|elb|compute|compute-1|memorydb\.[a-z0-9-]+|kafka\.[a-z0-9-]+|mq\.[a-z0-9-]+|es\.[a-z0-9-]+)\.amazonaws\.com(\.cn)?$/
const AWS = /(^|\.)(amazonaws\.com(\.cn)?|api\.aws|on\.aws)$/

/** True for hosts of AWS's own APIs. */
export function isAwsHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '')
  return AWS.test(name) && !NOT_AN_API.test(name) && !/\.elb\.[a-z0-9-]+\.amazonaws\.com/.test(name)
}

type Options = Record<string | symbol, unknown>
type Decision =
  | { readonly kind: 'path'; readonly path: string; readonly database?: string }
  | { readonly kind: 'refused'; readonly error: Error }

// How tls.connect tells the socket's connect, which it calls, what has been decided.
const DECIDED = Symbol('eventfuzz decided')

/**
 * From now on nothing this process does reaches TCP, UDP or DNS: AWS goes to the sidecar, and so does what speaks HTTP to others;
 * the rest is refused as if nobody listened. A probe, not a boundary: the sandbox is the boundary.
 */
export function installRedirect(options: RedirectOptions): void {
  const isAws = options.isAws ?? isAwsHost
  const fake = fakeAddresses((host) => isAws(host) || options.databases?.isHost(host) === true)
  const listening = new Set<string>()
  const decide = (to: Options, secure: boolean, api: string): Decision => {
    if (typeof to.path === 'string') return decidePath(to.path, options, listening, api)
    const host = fake.hostOf(String(to.host ?? 'localhost'))
    const port = Number(to.port ?? 0)
    noteRequest()
    const database = isAws(host) ? undefined : options.databases?.socketOf(host, port)
    if (database !== undefined) return { kind: 'path', path: database, database: `${host}:${port}` }
    const whose = isAws(host) ? 'stub' : options.onConnect(host, port, secure, api)
    if (whose === 'refuse') return { kind: 'refused', error: refusal(host, port) }
    // A plain socket to 443 is one that TLS will be spoken on: tunnels and own TLS stacks.
    const { tls: awsTls, plain, webTls, web } = options.sockets
    const [overTls, overPlain] = whose === 'web' ? [webTls, web] : [awsTls, plain]
    return { kind: 'path', path: secure || port === 443 ? overTls : overPlain }
  }
  noteListeners(listening)
  patchTls(options, decide)
  patchSocket(decide, options.databases)
  patchDns({
    addressOf: fake.addressOf,
    serverOf: (host) => options.databases?.serverOf(host),
    onDns: (host, api) => options.onDns?.(host, api),
  })
  refuseDatagrams((host, port, api) => {
    options.onConnect(host, port, false, api)
    return refusal(host, port)
  })
  addContextHeaders(options.context)
  if (options.sync !== false) syncBuiltinESMExports()
}

/** Unix sockets: the sidecar's, and those on which this very process listens (aws-serverless-express does so). */
function decidePath(
  path: string,
  { sockets, onConnect }: RedirectOptions,
  listening: ReadonlySet<string>,
  api: string,
): Decision {
  if (Object.values(sockets).includes(path) || listening.has(path)) return { kind: 'path', path }
  onConnect(path, 0, false, api)
  return { kind: 'refused', error: refusal(path, undefined) }
}

function refusal(address: string, port: number | undefined): Error {
  const at = port === undefined ? address : `${address}:${port}`
  const error = new Error(`connect ECONNREFUSED ${at}`)
  return Object.assign(error, {
    errno: -111,
    code: 'ECONNREFUSED',
    syscall: 'connect',
    address,
    ...(port === undefined ? {} : { port }),
  })
}

/** Addresses nobody has (240/4) for AWS names, so that who looks up first and connects then still gets to the sidecar. */
function fakeAddresses(isAws: (host: string) => boolean) {
  const byHost = new Map<string, string>()
  const byAddress = new Map<string, string>()
  return {
    addressOf(host: string): string | undefined {
      if (!isAws(host)) return undefined
      const address = byHost.get(host) ?? `240.0.0.${1 + (byHost.size % 254)}`
      byHost.set(host, address)
      byAddress.set(address, host)
      return address
    },
    hostOf: (host: string): string => byAddress.get(host) ?? host,
  }
}

/** `connect(port, host, cb)`, `connect(path)`, `connect(options)`, and Node's own already normalized form. */
function normalized(args: readonly unknown[]): [Options, unknown] {
  const internal = Array.isArray(args[0]) ? (args[0] as unknown[]) : undefined
  const list = internal ?? args
  const callback = list.findLast((arg) => typeof arg === 'function')
  const [first, second] = list
  if (typeof first === 'object' && first !== null) return [{ ...first }, callback]
  if (typeof first === 'string' && Number.isNaN(Number(first))) return [{ path: first }, callback]
  return [{ port: Number(first), ...(typeof second === 'string' ? { host: second } : {}) }, callback]
}

/** Redirecting a TLS socket after it was made aborts node: its handle must be a pipe from the start, so this is done here. */
function patchTls(options: RedirectOptions, decide: (to: Options, secure: boolean, api: string) => Decision): void {
  const { connect } = tls
  Reflect.set(tls, 'connect', function (this: unknown, ...args: unknown[]) {
    const [to, callback] = normalized(args)
    // tls.connect(port, host, options) and (port, options): the options stand behind.
    const merged: Options = { ...to, ...(args.slice(1).find((arg) => typeof arg === 'object' && arg !== null) ?? {}) }
    trust(merged, options.ca)
    if (merged.socket !== undefined && merged.socket !== null) {
      const upgraded = Reflect.apply(connect, this, [unnamed(merged), callback]) as tls.TLSSocket
      if (options.databases !== undefined && isTagged(merged.socket)) {
        tagWrites(upgraded, options.databases.context)
        options.databases.opened(upgraded, merged.socket as net.Socket)
      }
      return upgraded
    }
    const decision = decide(merged, true, 'tls.connect')
    merged[DECIDED] = decision
    if (decision.kind === 'path') {
      // The host stays for the check of the server's identity; a path wins over it when connecting.
      const name = String(merged.host ?? 'localhost')
      const byName = net.isIP(name) === 0
      // A client that names no server gets the sidecar's loopback certificate, whatever the address.
      Object.assign(merged, byName ? {} : { checkServerIdentity: () => undefined })
      if (byName) hearRefusal(merged, name, options)
      Object.assign(merged, { path: decision.path, servername: merged.servername ?? (byName ? name : '') })
    }
    return Reflect.apply(connect, this, [merged, callback])
  })
}

/** A check that knows AWS's own certificate: its refusal is its own, but it must be known. */
function hearRefusal(to: Options, host: string, { onRefused }: RedirectOptions): void {
  const check = to.checkServerIdentity
  if (typeof check !== 'function') return
  to.checkServerIdentity = (...args: unknown[]) => {
    const error: unknown = Reflect.apply(check, undefined, args)
    if (error !== undefined) onRefused?.(host, Number(to.port ?? 443))
    return error
  }
}

/** A database that is asked for by its address, or by no name, gets the loopback certificate: its name cannot be checked. */
function unnamed(to: Options): Options {
  if (!isTagged(to.socket) || (typeof to.servername === 'string' && to.servername !== '')) return to
  return { ...to, checkServerIdentity: () => undefined }
}

/** Adds our CA to what the caller trusts, without taking away what it trusted. */
function trust(to: Options, ca: string): void {
  const context = to.secureContext as { context?: { addCACert?(pem: string): void } } | undefined
  if (context !== undefined) context.context?.addCACert?.(ca)
  else to.ca = [...(to.ca === undefined || to.ca === null ? [] : [to.ca].flat()), ca]
}

function patchSocket(
  decide: (to: Options, secure: boolean, api: string) => Decision,
  databases: DatabaseRoutes | undefined,
): void {
  const { connect } = net.Socket.prototype
  Reflect.set(net.Socket.prototype, 'connect', function (this: net.Socket, ...args: unknown[]) {
    const [to, callback] = normalized(args)
    const secure = this instanceof tls.TLSSocket
    const decided = to[DECIDED] as Decision | undefined
    const decision = decided ?? decide(to, secure, 'net.connect')
    if (decision.kind === 'refused' || (secure && decided === undefined)) return refuseLater(this, decision, to)
    // Host and port go, so that no agent resolves or races addresses.
    const { host: _host, port: _port, lookup: _lookup, ...rest } = to
    const go = () => Reflect.apply(connect, this, [{ ...rest, path: decision.path }, callback])
    return decision.database !== undefined && databases !== undefined
      ? connectTagged(this, databases, decision.database, go)
      : go()
  })
}

/** As the kernel would say it: asynchronously, so that whoever asked has had time to listen. */
function refuseLater(socket: net.Socket, decision: Decision, to: Options): net.Socket {
  const error =
    decision.kind === 'refused' ? decision.error : refusal(String(to.host ?? to.path ?? 'localhost'), Number(to.port ?? 0))
  Reflect.set(socket, 'connecting', true)
  setImmediate(() => {
    Reflect.set(socket, 'connecting', false)
    socket.destroy(error)
  })
  return socket
}

function noteListeners(listening: Set<string>): void {
  const { listen } = net.Server.prototype
  Reflect.set(net.Server.prototype, 'listen', function (this: net.Server, ...args: unknown[]) {
    const [{ path }] = normalized(args)
    if (typeof path === 'string') listening.add(path)
    return Reflect.apply(listen, this, args)
  })
}
