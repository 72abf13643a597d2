import { answerSql, type SqlAnswer } from './answer.js'
import { Inbox } from './inbox.js'
import { Extended } from './postgres-extended.js'
import {
  commandTag,
  dataRow,
  errorResponse,
  message,
  ready,
  rowDescription,
  type TransactionStatus,
  welcome,
} from './postgres-messages.js'
import { MessageReader } from './postgres-reader.js'
import type { Protocol, ServerSession, Wire } from './protocol.js'
import { refusal, refusedIn } from './refused.js'
import { statementsOf } from './sql-words.js'

const LONGEST_MESSAGE = 16 * 1024 * 1024
const LONGEST_STARTUP = 10_000
const VERSION_3 = 3
const SSL_REQUEST = 80877103
const GSSENC_REQUEST = 80877104
const CANCEL_REQUEST = 80877102

/** PostgreSQL, protocol 3: whoever asks is let in. */
export const postgres: Protocol = {
  service: 'postgres',
  tlsFirst: true,
  open: (wire) => new PostgresSession(wire),
}

let connections = 0

class PostgresSession implements ServerSession {
  readonly #wire: Wire
  readonly #inbox: Inbox
  readonly #extended: Extended
  #started = false
  #over = false
  /** After an error in the extended protocol everything up to Sync is left out. */
  #skipping = false
  #status: TransactionStatus = 'I'

  constructor(wire: Wire) {
    this.#wire = wire
    this.#inbox = new Inbox(wire.budget)
    this.#extended = new Extended(
      wire,
      (answer) => this.#note(answer),
      () => this.#status,
    )
  }

  push(bytes: Buffer): undefined {
    if (this.#over) return
    if (!this.#inbox.push(bytes)) return this.#fatal('53200', 'out of memory')
    while (!this.#over && (this.#started ? this.#readMessage() : this.#readStartup()));
  }

  close(): undefined {
    this.#over = true
    this.#inbox.clear()
    this.#extended.close()
  }

  #readStartup(): boolean {
    const length = this.#inbox.peek(4)?.readInt32BE() ?? 0
    if (length === 0) return false
    if (length < 8 || length > LONGEST_STARTUP) {
      this.#fatal('08P01', 'invalid length of startup packet')
      return false
    }
    const packet = this.#inbox.read(length)
    if (packet === undefined) return false
    const code = packet.readInt32BE(4)
    if (code === SSL_REQUEST) {
      this.#wire.write(Buffer.from('S'))
      this.#wire.startTls(this.#inbox.clear())
    } else if (code === GSSENC_REQUEST) this.#wire.write(Buffer.from('N'))
    else if (code === CANCEL_REQUEST) this.#wire.end()
    else if (code >> 16 !== VERSION_3) this.#fatal('0A000', 'unsupported frontend protocol')
    else {
      this.#started = true
      this.#wire.write(welcome(++connections & 0x7fffffff))
    }
    return true
  }

  #readMessage(): boolean {
    const head = this.#inbox.peek(5)
    if (head === undefined) return false
    const length = head.readInt32BE(1)
    if (length < 4 || length > LONGEST_MESSAGE) {
      this.#fatal('08P01', 'invalid message length')
      return false
    }
    const whole = this.#inbox.read(length + 1)
    if (whole === undefined) return false
    try {
      this.#obey(String.fromCharCode(whole[0]!), new MessageReader(whole.subarray(5)))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.#fatal('08P01', `invalid message: ${error.message}`)
    }
    return true
  }

  #obey(type: string, reader: MessageReader): undefined {
    if (type === 'S') {
      this.#skipping = false
      return this.#wire.write(ready(this.#status))
    }
    if (type === 'X') return this.#wire.end()
    // Flush, password, and what is left of a COPY that was refused.
    if (this.#skipping || 'HpdcfF'.includes(type)) return type === 'F' ? this.#refuseCall() : undefined
    if (type === 'Q') return this.#query(reader.text())
    const problem = this.#extended.obey(type, reader)
    if (problem === undefined) return
    this.#skipping = true
    this.#fail()
    this.#wire.write(problem)
  }

  #refuseCall(): undefined {
    this.#wire.write(Buffer.concat([errorResponse('0A000', 'function calls are not supported'), ready(this.#status)]))
  }

  /** The simple protocol: a text with any number of statements; the first that fails ends it. */
  #query(sql: string): undefined {
    const statements = statementsOf(sql)
    if (statements.length === 0) return this.#wire.write(Buffer.concat([message('I'), ready(this.#status)]))
    const answers: SqlAnswer[] = []
    for (const statement of statements.slice(0, 1000)) {
      const answer = this.#answer(statement)
      answers.push(answer)
      this.#note(answer)
      if (answer.kind === 'error') break
    }
    const failed = answers.some(({ kind }) => kind === 'error')
    this.#wire.tell({
      operation: 'query',
      params: { sql },
      outcome: failed ? 'error' : 'ok',
      answeredBy: answers.some(({ by }) => by === 'fixture') ? 'fixture' : 'stub',
      invented: answers.some((answer) => answer.kind === 'ok' && answer.invented),
    })
    this.#wire.write(Buffer.concat([...answers.map(written), ready(this.#status)]))
  }

  #answer(statement: string): SqlAnswer {
    const answer = refusedIn(this.#status, statement) ?? answerSql(statement, [], 'postgres', this.#wire.fixtures)
    return answer.kind === 'ok' && answer.command === 'COPY' ? refusal('0A000', 'COPY is not supported') : answer
  }

  /** Follows the transaction. */
  #note(answer: SqlAnswer): undefined {
    if (answer.kind === 'error') this.#fail()
    else if (/^(BEGIN|START)$/.test(answer.command)) this.#status = 'T'
    else if (/^(COMMIT|ROLLBACK|END|ABORT)$/.test(answer.command)) this.#status = 'I'
  }

  #fail(): undefined {
    if (this.#status === 'T') this.#status = 'E'
  }

  #fatal(code: string, said: string): undefined {
    this.#over = true
    this.#inbox.clear()
    this.#wire.write(errorResponse(code, said, 'FATAL'))
    this.#wire.end()
  }
}

function written(answer: SqlAnswer): Buffer {
  if (answer.kind === 'error') return errorResponse(answer.code, answer.message)
  const { columns, rows, command, affected } = answer
  const shown = columns.length === 0 ? [] : [rowDescription(columns, []), ...rows.map((row) => dataRow(columns, row, []))]
  return Buffer.concat([...shown, commandTag(command, columns.length > 0 ? rows.length : affected)])
}
