import { Inbox } from './inbox.js'
import { MysqlCommands } from './mysql-commands.js'
import { errPacket, handshake, le, okPacket, PLUGIN } from './mysql-packets.js'
import type { Protocol, ServerSession, Wire } from './protocol.js'

const LONGEST_PACKET = 16 * 1024 * 1024 - 2
const CLIENT_SSL = 0x800
const PROTOCOL_41 = 0x200
const MULTI_STATEMENTS = 0x10000
const AUTOCOMMIT = 2

/** MySQL, handshake 10: whoever asks is let in. */
export const mysql: Protocol = {
  service: 'mysql',
  tlsFirst: false,
  open: (wire) => new MysqlSession(wire),
}

let connections = 0

/** Packets of one connection, and who it is: the rest is commands. */
class MysqlSession implements ServerSession {
  readonly #wire: Wire
  readonly #inbox: Inbox
  readonly #commands: MysqlCommands
  #started = false
  #over = false
  #sequence = 0

  constructor(wire: Wire) {
    this.#wire = wire
    this.#inbox = new Inbox(wire.budget)
    this.#commands = new MysqlCommands(wire, (packets) => this.#send(packets))
    this.#send([handshake(++connections & 0x7fffffff)])
  }

  push(bytes: Buffer): undefined {
    if (this.#over) return
    if (!this.#inbox.push(bytes)) return this.#fatal(1041, 'out of memory')
    while (!this.#over && this.#readPacket());
  }

  close(): undefined {
    this.#over = true
    this.#inbox.clear()
    this.#commands.close()
  }

  #readPacket(): boolean {
    const head = this.#inbox.peek(4)
    if (head === undefined) return false
    const length = head.readUIntLE(0, 3)
    if (length > LONGEST_PACKET) {
      this.#fatal(1153, "Got a packet bigger than 'max_allowed_packet' bytes")
      return false
    }
    const whole = this.#inbox.read(length + 4)
    if (whole === undefined) return false
    this.#sequence = whole[3]! + 1
    try {
      this.#take(whole.subarray(4))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#fatal(1835, 'Malformed communication packet')
    }
    return true
  }

  #take(packet: Buffer): undefined {
    if (!this.#started) return this.#greeted(packet)
    if (packet[0] === 0x01) {
      this.#over = true
      return this.#wire.end()
    }
    this.#commands.obey(packet)
  }

  #greeted(packet: Buffer): undefined {
    const flags = packet.readUInt32LE(0)
    if ((flags & PROTOCOL_41) === 0) return this.#fatal(1251, 'Client does not support authentication protocol')
    // A first packet of this length only asks for TLS; the whole response follows inside.
    if ((flags & CLIENT_SSL) !== 0 && packet.length === 32) return this.#wire.startTls(this.#inbox.clear())
    this.#started = true
    this.#commands.multi = (flags & MULTI_STATEMENTS) !== 0
    // caching_sha2_password: "the hash is known" stands before OK. Other plugins expect OK alone.
    const fast = packet.includes(`${PLUGIN}\0`) ? [Buffer.concat([le(1, 1), le(3, 1)])] : []
    this.#send([...fast, okPacket(AUTOCOMMIT)])
  }

  #send(packets: readonly Buffer[]): undefined {
    const numbered = packets.flatMap((packet) => [le(packet.length, 3), le(this.#sequence++ & 0xff, 1), packet])
    this.#wire.write(Buffer.concat(numbered))
  }

  #fatal(errno: number, said: string): undefined {
    this.#over = true
    this.#inbox.clear()
    this.#send([errPacket(errno, '08S01', said)])
    this.#wire.end()
  }
}
