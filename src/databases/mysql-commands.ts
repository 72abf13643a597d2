import type { Json } from '../model/index.js'
import { answerSql, type SqlAnswer } from './answer.js'
import type { Column } from './columns.js'
import { Kept } from './kept.js'
import { binaryRow, columnPacket, eofPacket, errPacket, le, lenenc, okPacket, textRow } from './mysql-packets.js'
import { ParameterReader, type ParameterType } from './mysql-parameters.js'
import type { Wire } from './protocol.js'
import { placeholders, statementsOf } from './sql-words.js'

const IN_TRANSACTION = 1
const AUTOCOMMIT = 2
const MORE_RESULTS = 8
const QUESTION = { name: '?', type: 'text' } as const

interface Prepared {
  readonly sql: string
  readonly count: number
  types: readonly ParameterType[]
}

/** Commands of one connection after it was let in. */
export class MysqlCommands {
  /** The client asked for several statements in one text. */
  multi = false
  readonly #wire: Wire
  readonly #send: (packets: readonly Buffer[]) => undefined
  readonly #prepared: Kept<Prepared>
  #last = 0
  #status = AUTOCOMMIT

  constructor(wire: Wire, send: (packets: readonly Buffer[]) => undefined) {
    this.#wire = wire
    this.#send = send
    this.#prepared = new Kept(wire.budget)
  }

  close(): undefined {
    this.#prepared.clear()
  }

  obey(packet: Buffer): undefined {
    const body = packet.subarray(1)
    switch (packet[0]) {
      case 0x03:
        return this.#query(body.toString('utf8'))
      case 0x16:
        return this.#prepare(body.toString('utf8'))
      case 0x17:
        return this.#execute(body)
      case 0x18: // Long data: not kept, so the parameter is recorded as empty.
        return undefined
      case 0x19:
        return this.#prepared.delete(String(body.readUInt32LE(0)))
      case 0x1b:
        return this.#send([eofPacket(this.#status)])
      case 0x11: // Another user, and a connection as if it were new.
      case 0x1f:
        this.#prepared.clear()
        return this.#ok()
      case 0x02: // Another database, ping, reset of a statement.
      case 0x0e:
      case 0x1a:
        return this.#ok()
      default:
        return this.#send([errPacket(1047, '08S01', 'Unknown command')])
    }
  }

  #ok(): undefined {
    this.#send([okPacket(this.#status)])
  }

  #query(sql: string): undefined {
    const all = statementsOf(sql).slice(0, 1000)
    if (all.length === 0) return this.#send([errPacket(1065, '42000', 'Query was empty')])
    const wrong = all.length > 1 && !this.multi ? refusal(1064, 'You have an error in your SQL syntax') : undefined
    const answers = wrong !== undefined ? [wrong] : this.#answers(all)
    this.#tell('query', { sql }, answers)
    this.#send(answers.flatMap((answer, i) => this.#written(answer, textRow, i < answers.length - 1)))
  }

  /** In their order, up to the first that fails. */
  #answers(statements: readonly string[]): SqlAnswer[] {
    const answers: SqlAnswer[] = []
    for (const statement of statements) {
      const answer = this.#answer(statement, [])
      answers.push(answer)
      if (answer.kind === 'error') break
    }
    return answers
  }

  #answer(sql: string, parameters: readonly Json[]): SqlAnswer {
    const answer = answerSql(sql, parameters, 'mysql', this.#wire.fixtures)
    if (answer.kind === 'error') return answer
    if (answer.command === 'LOAD') return refusal(1148, 'The used command is not allowed with this MySQL version')
    if (answer.command === 'BEGIN' || answer.command === 'START') this.#status |= IN_TRANSACTION
    if (answer.command === 'COMMIT' || answer.command === 'ROLLBACK') this.#status &= ~IN_TRANSACTION
    return answer
  }

  #prepare(sql: string): undefined {
    const count = placeholders(sql)
    const id = ++this.#last
    if (count > 65_535 || !this.#prepared.set(String(id), { sql, count, types: [] }, sql.length))
      return this.#send([errPacket(1461, '42000', "Can't create more than max_prepared_stmt_count statements")])
    const answer = answerSql(sql, [], 'mysql', this.#wire.fixtures)
    const columns = answer.kind === 'ok' ? answer.columns : []
    const head = Buffer.concat([le(0, 1), le(id, 4), le(columns.length, 2), le(count, 2), le(0, 1), le(0, 2)])
    const listed = (packets: Buffer[]) => (packets.length === 0 ? [] : [...packets, eofPacket(this.#status)])
    const questions = Array.from({ length: count }, () => columnPacket(QUESTION))
    this.#send([head, ...listed(questions), ...listed(columns.map(columnPacket))])
  }

  #execute(body: Buffer): undefined {
    const id = body.readUInt32LE(0)
    const prepared = this.#prepared.get(String(id))
    if (prepared === undefined) return this.#send([errPacket(1243, 'HY000', `Unknown prepared statement handler (${id})`)])
    // Id, cursor flags and a count that is always one stand before the parameters.
    const { values, types } = new ParameterReader(body, 9).read(prepared.count, prepared.types)
    prepared.types = types
    const answer = this.#answer(prepared.sql, values)
    this.#tell('execute', { sql: prepared.sql, parameters: values }, [answer])
    this.#send(this.#written(answer, binaryRow, false))
  }

  #tell(
    operation: 'query' | 'execute',
    params: { sql: string; parameters?: readonly Json[] },
    answers: readonly SqlAnswer[],
  ): undefined {
    this.#wire.tell({
      operation,
      params,
      outcome: answers.some(({ kind }) => kind === 'error') ? 'error' : 'ok',
      answeredBy: answers.some(({ by }) => by === 'fixture') ? 'fixture' : 'stub',
      invented: answers.some((answer) => answer.kind === 'ok' && answer.invented),
    })
  }

  #written(answer: SqlAnswer, rowOf: (columns: readonly Column[], row: readonly Json[]) => Buffer, more: boolean): Buffer[] {
    const status = this.#status | (more ? MORE_RESULTS : 0)
    if (answer.kind === 'error') {
      const errno = /^\d{4}$/.test(answer.code) ? Number(answer.code) : 1105
      return [errPacket(errno, STATES[answer.code] ?? 'HY000', answer.message)]
    }
    const { columns, rows, affected, command } = answer
    if (columns.length === 0) return [okPacket(status, affected, command === 'INSERT' ? 1 : 0)]
    const shown = rows.map((row) => rowOf(columns, row))
    return [lenenc(columns.length), ...columns.map(columnPacket), eofPacket(status), ...shown, eofPacket(status)]
  }
}

// SQL states of the errors that handlers tell apart
const STATES: Readonly<Record<string, string>> = {
  '1062': '23000',
  '1064': '42000',
  '1065': '42000',
  '1146': '42S02',
  '1148': '42000',
}

const refusal = (errno: number, message: string): SqlAnswer => ({
  kind: 'error',
  code: String(errno),
  message,
  by: 'stub',
})
