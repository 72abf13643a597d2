import type { Socket } from 'node:net'
import { type SecureContext, TLSSocket } from 'node:tls'
import { type Budget, Inbox } from './inbox.js'
import { placeIn } from './place.js'
import type { DatabaseCall, DatabaseFixture, Protocol, ServerSession } from './protocol.js'

/** What the harness writes first on a connection whose every write says who made it. */
export const PREFACE = Buffer.from('EVFZdb1\n')
const HEAD_BYTES = 8
const LONGEST_CONTEXT = 8 * 1024
const MOST_UNSENT = 4 * 1024 * 1024
// A handshake record of TLS: its type, and a version that no message of MongoDB has for a length.
const TLS = [0x16, 0x03] as const

/** What all connections of one target share. */
export interface Shared {
  readonly budget: Budget
  readonly fixtures: readonly DatabaseFixture[]
  /** Certificates by server name, and the one for clients that name none. */
  contextFor(serverName: string): SecureContext
  readonly fallback: SecureContext
  tell(call: DatabaseCall): void
}

/** Serves one connection, whatever comes on it. */
export function serve(socket: Socket, protocol: Protocol, shared: Shared): undefined {
  const layer = new Layer(socket, shared, protocol.tlsFirst)
  const session = protocol.open({
    budget: shared.budget,
    fixtures: shared.fixtures,
    write: (bytes) => layer.write(bytes),
    startTls: (rest) => layer.expectTls(rest),
    end: () => layer.end(),
    tell(call) {
      shared.tell({ ...call, service: protocol.service, context: layer.context })
    },
    place: () => placeIn(layer.context),
  })
  layer.attach(session)
  socket.once('close', () => session.close())
}

type Reading = 'preface' | 'raw' | 'head' | 'data' | 'tls'

/** The bytes of a connection: bare or in frames `u32 context length, u32 data length, context, data`; TLS may begin between two. */
class Layer {
  #socket: Socket
  readonly #shared: Shared
  readonly #inbox: Inbox
  #session!: ServerSession
  #reading: Reading = 'preface'
  #mayBeTls: boolean
  #left = 0
  #rest: Buffer = Buffer.alloc(0)
  context: string | undefined

  constructor(socket: Socket, shared: Shared, mayBeTls: boolean) {
    this.#socket = socket
    this.#shared = shared
    this.#mayBeTls = mayBeTls
    this.#inbox = new Inbox(shared.budget)
    socket.once('close', () => this.#inbox.clear())
  }

  attach(session: ServerSession): undefined {
    this.#session = session
    this.#listen()
  }

  write(bytes: Buffer): undefined {
    if (this.#socket.destroyed || this.#socket.writableEnded) return
    this.#socket.write(bytes)
    if (this.#socket.writableLength > MOST_UNSENT) this.#socket.pause()
  }

  end(): undefined {
    this.#socket.end()
  }

  #drop(): undefined {
    this.#socket.destroy()
  }

  expectTls(rest: Buffer): undefined {
    this.#rest = rest
    this.#reading = 'tls'
  }

  #listen(): undefined {
    this.#socket.on('error', () => this.#socket.destroy())
    this.#socket.on('drain', () => this.#socket.resume())
    this.#socket.on('data', (bytes: Buffer) => this.#take(bytes))
  }

  #take(bytes: Buffer): undefined {
    if (this.#socket.writableEnded) return
    if (!this.#inbox.push(bytes)) return this.#drop()
    while (this.#step()) if (this.#socket.destroyed) return
  }

  /** Reads one piece; false when more has to come. */
  #step(): boolean {
    switch (this.#reading) {
      case 'preface':
        return this.#readPreface()
      case 'head':
        return this.#readHead()
      case 'data':
        return this.#pass(Math.min(this.#left, this.#inbox.length))
      case 'raw':
        return this.#pass(this.#inbox.length)
      case 'tls':
        return this.#secure()
      default:
        return this.#reading satisfies never
    }
  }

  #readPreface(): boolean {
    const first = this.#inbox.peek(3)
    if (first === undefined) return false
    if (this.#mayBeTls && first[0] === TLS[0] && first[1] === TLS[1] && first[2] !== 0) this.#reading = 'tls'
    else {
      const head = this.#inbox.peek(Math.min(PREFACE.length, this.#inbox.length))!
      if (!PREFACE.subarray(0, head.length).equals(head)) this.#reading = 'raw'
      else if (head.length < PREFACE.length) return false
      else {
        this.#inbox.read(PREFACE.length)
        this.#reading = 'head'
      }
    }
    return true
  }

  #readHead(): boolean {
    const head = this.#inbox.peek(HEAD_BYTES)
    if (head === undefined) return false
    const length = head.readUInt32BE(0)
    const left = head.readUInt32BE(4)
    if (length > LONGEST_CONTEXT) this.#socket.destroy()
    else if (this.#inbox.length >= HEAD_BYTES + length) {
      this.#inbox.read(HEAD_BYTES)
      this.context = length === 0 ? undefined : this.#inbox.read(length)!.toString('latin1')
      this.#left = left
      this.#reading = 'data'
      return true
    }
    return false
  }

  #pass(count: number): boolean {
    const bytes = this.#inbox.read(count)!
    if (this.#reading === 'data') {
      this.#left -= count
      if (this.#left === 0) this.#reading = 'head'
      else if (count === 0) return false
    }
    if (count > 0) this.#session.push(bytes)
    return this.#inbox.length > 0 || this.#mustSecure()
  }

  // Asked anew: the session may have changed it.
  #mustSecure = (): boolean => this.#reading === 'tls'

  /** The same session goes on inside TLS, where the preface comes anew. */
  #secure(): boolean {
    const inner = this.#socket
    inner.removeAllListeners('data')
    inner.pause()
    const early = Buffer.concat([this.#rest, this.#inbox.clear()])
    if (early.length > 0) inner.unshift(early)
    this.#socket = new TLSSocket(inner, {
      isServer: true,
      secureContext: this.#shared.fallback,
      SNICallback: (name, done) => done(null, this.#shared.contextFor(name.slice(0, 255))),
    })
    this.#socket.once('close', () => inner.destroy())
    this.#mayBeTls = false
    this.#reading = 'preface'
    this.#listen()
    return false
  }
}
