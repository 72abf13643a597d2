import type { JsonObject } from '../model/index.js'
import { readDocument } from './bson.js'
import { type BsonValue, writeDocument } from './bson-write.js'
import { Inbox } from './inbox.js'
import { answerCommand } from './mongodb-answers.js'
import { hello, type Login, logIn } from './mongodb-login.js'
import { readMessage, reply } from './mongodb-messages.js'
import type { Protocol, ServerSession, Wire } from './protocol.js'

const LONGEST_MESSAGE = 48_000_000
// What drivers say to get going and to part: no command of the function's.
const CHATTER =
  /^(hello|ismaster|ping|buildinfo|saslstart|saslcontinue|authenticate|getnonce|logout|endsessions|killcursors|connectionstatus|getparameter|whatsmyuri|refreshsessions|startsession)$/i
/** Members that the driver adds to every command. */
const ITS_OWN = new Set(['lsid', '$clusterTime', '$readPreference', 'txnNumber', 'startTransaction', 'autocommit', 'apiVersion'])

/** MongoDB over OP_MSG, as one member that is all of its replica set: whoever asks is let in. */
export const mongodb: Protocol = {
  service: 'mongodb',
  tlsFirst: true,
  open: (wire) => new MongoSession(wire),
}

class MongoSession implements ServerSession {
  readonly #wire: Wire
  readonly #inbox: Inbox
  #login: Login | undefined
  #over = false

  constructor(wire: Wire) {
    this.#wire = wire
    this.#inbox = new Inbox(wire.budget)
  }

  push(bytes: Buffer): undefined {
    if (this.#over) return
    if (!this.#inbox.push(bytes)) return this.#hangUp()
    while (!this.#over && this.#readOne());
  }

  close(): undefined {
    this.#over = true
    this.#inbox.clear()
  }

  #hangUp(): undefined {
    this.close()
    this.#wire.end()
  }

  #readOne(): boolean {
    const length = this.#inbox.peek(4)?.readInt32LE()
    if (length === undefined) return false
    if (length < 16 || length > LONGEST_MESSAGE) {
      this.#hangUp()
      return false
    }
    const bytes = this.#inbox.read(length)
    if (bytes === undefined) return false
    try {
      this.#take(bytes)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#hangUp()
    }
    return true
  }

  #take(bytes: Buffer): undefined {
    const message = readMessage(bytes)
    const command = message.documents(readDocument)
    const [name = ''] = Object.keys(command)
    const answer = CHATTER.test(name) ? this.#talk(name.toLowerCase(), command) : this.#obey(name, command)
    if (!message.silent) this.#wire.write(reply(message, writeDocument(answer)))
  }

  #talk(name: string, command: JsonObject): { readonly [name: string]: BsonValue } {
    if (name === 'hello' || name === 'ismaster') return hello(this.#wire.place())
    if (name === 'saslstart' || name === 'saslcontinue') {
      this.#login = logIn(command, this.#login)
      return this.#login.answer
    }
    return { ok: 1, ...(name === 'buildinfo' && { version: '7.0.0', versionArray: [7, 0, 0, 0] }) }
  }

  #obey(name: string, command: JsonObject): { readonly [name: string]: BsonValue } {
    const { document, invented, by } = answerCommand(name, command, this.#wire.fixtures)
    this.#wire.tell({
      operation: /^\w{1,40}$/.test(name) ? name : 'unknown',
      params: Object.fromEntries(Object.entries(command).filter(([member]) => !ITS_OWN.has(member))),
      outcome: document['ok'] === 1 ? 'ok' : 'error',
      answeredBy: by,
      invented,
    })
    return document
  }
}
