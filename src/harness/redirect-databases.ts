import type net from 'node:net'

/** Which connections are answered as databases, and what is said of each write on them. */
export interface DatabaseRoutes {
  /** The sidecar's socket for this host and port; undefined when it is no database's. */
  socketOf(host: string, port: number): string | undefined
  /** A host that the environment names as a database: its name gets an address. */
  isHost(host: string): boolean
  /** What a service record (`_mongodb._tcp.` and a domain) names. */
  serverOf(host: string): { readonly name: string; readonly port: number } | undefined
  /** Whose write this is, as base64url text; undefined when nobody knows. */
  context(socket: net.Socket): string | undefined
  /** Runs what makes a connection: what the connection's own events do later is asked for by who connects now. */
  connecting<T>(connect: () => T): T
  /** A connection was made to `host:port`; inside TLS it stands for the one below. */
  opened(socket: net.Socket, to: string | net.Socket): void
}

/** The same as in src/databases/transport.ts, which reads it. */
const PREFACE = Buffer.from('EVFZdb1\n')
const tagged = new WeakSet<object>()
const concat = Buffer.concat.bind(Buffer)
const alloc = Buffer.alloc.bind(Buffer)
const from = Buffer.from.bind(Buffer) as typeof Buffer.from

export const isTagged = (socket: unknown): boolean => typeof socket === 'object' && socket !== null && tagged.has(socket)

export function connectTagged<T>(socket: net.Socket, databases: DatabaseRoutes, to: string, connect: () => T): T {
  const connected = databases.connecting(connect)
  // Not before: connecting puts the prototype's write back.
  tagWrites(socket, databases.context)
  databases.opened(socket, to)
  return connected
}

type Write = (chunk: unknown, encoding?: unknown, callback?: unknown) => boolean

/**
 * From now on every write on this socket is a frame that says whose it is: `u32 context length, u32 data length, context, data`.
 * In the stream itself, so that nothing has to be matched up afterwards. TLS that is begun on the socket writes below this.
 */
export function tagWrites(socket: net.Socket, context: DatabaseRoutes['context']): void {
  tagged.add(socket)
  let first = true
  const write = socket.write as Write
  const framed = (chunk: unknown, encoding: unknown): Buffer | undefined => {
    const bytes =
      typeof chunk === 'string' ? from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8') : chunk
    if (!(bytes instanceof Uint8Array)) return undefined
    const said = from(context(socket) ?? '', 'latin1')
    const head = alloc(8)
    head.writeUInt32BE(said.length, 0)
    head.writeUInt32BE(bytes.length, 4)
    const preface = first ? [PREFACE] : []
    first = false
    return concat([...preface, head, said, bytes])
  }
  Reflect.set(socket, 'write', (chunk: unknown, encoding: unknown, callback: unknown): boolean => {
    const then = typeof encoding === 'function' ? encoding : callback
    const bytes = framed(chunk, encoding)
    // What is no text and no bytes is refused by Node in its own words.
    return bytes === undefined ? write.call(socket, chunk, encoding, callback) : write.call(socket, bytes, then)
  })
  const end = socket.end as (...args: unknown[]) => net.Socket
  Reflect.set(socket, 'end', (...args: unknown[]): net.Socket => {
    const [chunk, encoding] = args
    const bytes = chunk === undefined || chunk === null || typeof chunk === 'function' ? undefined : framed(chunk, encoding)
    const then = args.findLast((arg) => typeof arg === 'function')
    return bytes === undefined ? end.apply(socket, args) : end.call(socket, bytes, then)
  })
}
