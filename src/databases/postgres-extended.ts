import type { Json } from '../model/index.js'
import { answerSql, type SqlAnswer } from './answer.js'
import type { Column } from './columns.js'
import { Kept } from './kept.js'
import {
  commandTag,
  dataRow,
  errorResponse,
  int16,
  int32,
  message,
  rowDescription,
  type TransactionStatus,
} from './postgres-messages.js'
import { type MessageReader, readBind } from './postgres-reader.js'
import type { Wire } from './protocol.js'
import { refusedIn } from './refused.js'
import { sqlWords } from './sql-words.js'

const TEXT = 25

interface Statement {
  readonly sql: string
  readonly types: readonly number[]
  /** What Describe has promised before values were bound. */
  promised?: readonly Column[]
}

interface Portal {
  readonly statement: Statement
  readonly parameters: readonly Json[]
  readonly formats: readonly number[]
  answer?: SqlAnswer
  sent: number
}

/** Parse, Bind, Describe, Execute and Close, with what they name. */
export class Extended {
  readonly #wire: Wire
  readonly #onAnswer: (answer: SqlAnswer) => undefined
  readonly #status: () => TransactionStatus
  readonly #statements: Kept<Statement>
  readonly #portals: Kept<Portal>

  constructor(wire: Wire, onAnswer: (answer: SqlAnswer) => undefined, status: () => TransactionStatus) {
    this.#wire = wire
    this.#onAnswer = onAnswer
    this.#status = status
    this.#statements = new Kept(wire.budget)
    this.#portals = new Kept(wire.budget)
  }

  /** Gives the error when it cannot be done. */
  obey(type: string, reader: MessageReader): Buffer | undefined {
    if (type === 'P') return this.#parse(reader)
    if (type === 'B') return this.#bind(reader)
    if (type === 'D') return this.#describe(reader.sign(), reader.text())
    if (type === 'E') return this.#execute(reader.text(), reader.int32())
    if (type === 'C') return this.#close(reader.sign(), reader.text())
    return errorResponse('08P01', `unknown message type ${JSON.stringify(type)}`)
  }

  close(): undefined {
    this.#statements.clear()
    this.#portals.clear()
  }

  #parse(reader: MessageReader): Buffer | undefined {
    const name = reader.text()
    const sql = reader.text()
    const types = reader.list(() => reader.int32())
    if (!this.#statements.set(name, { sql, types }, sql.length)) return outOfMemory()
    this.#wire.write(message('1'))
    return undefined
  }

  #bind(reader: MessageReader): Buffer | undefined {
    const { statement: name, portal, parameters, results } = readBind(reader, (of) => this.#statements.get(of)?.types ?? [])
    const statement = this.#statements.get(name)
    if (statement === undefined) return errorResponse('26000', `prepared statement "${name}" does not exist`)
    const bound = { statement, parameters, formats: results, sent: 0 }
    if (!this.#portals.set(portal, bound, JSON.stringify(parameters).length)) return outOfMemory()
    this.#wire.write(message('2'))
    return undefined
  }

  #describe(what: string, name: string): Buffer | undefined {
    const portal = what === 'P' ? this.#portals.get(name) : undefined
    const statement = what === 'P' ? portal?.statement : this.#statements.get(name)
    if (statement === undefined) return errorResponse(what === 'P' ? '34000' : '26000', `"${name}" does not exist`)
    if (portal === undefined) {
      const count = parameterCount(statement)
      const types = Array.from({ length: count }, (_, i) => int32(statement.types[i] || TEXT))
      this.#wire.write(message('t', int16(count), ...types))
    }
    const answer = portal === undefined ? this.#answer(statement, []) : this.#answerOf(portal)
    const columns = answer.kind === 'ok' ? answer.columns : []
    if (portal === undefined) statement.promised = columns
    this.#wire.write(columns.length === 0 ? message('n') : rowDescription(columns, portal?.formats ?? []))
    return undefined
  }

  #answer({ sql }: Statement, parameters: readonly Json[]): SqlAnswer {
    return refusedIn(this.#status(), sql) ?? answerSql(sql, parameters, 'postgres', this.#wire.fixtures)
  }

  #answerOf(portal: Portal): SqlAnswer {
    portal.answer ??= kept(this.#answer(portal.statement, portal.parameters), portal.statement.promised)
    return portal.answer
  }

  #execute(name: string, most: number): Buffer | undefined {
    const portal = this.#portals.get(name)
    if (portal === undefined) return errorResponse('34000', `portal "${name}" does not exist`)
    const { sql } = portal.statement
    if (sqlWords(sql).length === 0) return void this.#wire.write(message('I'))
    const answer = this.#answerOf(portal)
    if (portal.sent === 0) this.#tell(portal, answer)
    this.#onAnswer(answer)
    if (answer.kind === 'error') return errorResponse(answer.code, answer.message)
    if (answer.command === 'COPY') return errorResponse('0A000', 'COPY is not supported')
    const { columns, rows, command, affected } = answer
    const now = rows.slice(portal.sent, most > 0 ? portal.sent + most : undefined)
    portal.sent += now.length
    this.#wire.write(Buffer.concat(now.map((row) => dataRow(columns, row, portal.formats))))
    const more = portal.sent < rows.length
    this.#wire.write(more ? message('s') : commandTag(command, columns.length > 0 ? now.length : affected))
    return undefined
  }

  #tell({ statement: { sql }, parameters }: Portal, answer: SqlAnswer): undefined {
    this.#wire.tell({
      operation: 'execute',
      params: { sql, parameters },
      outcome: answer.kind,
      answeredBy: answer.by,
      invented: answer.kind === 'ok' && answer.invented,
    })
  }

  #close(what: string, name: string): undefined {
    if (what === 'S') this.#statements.delete(name)
    else this.#portals.delete(name)
    this.#wire.write(message('3'))
  }
}

const outOfMemory = (): Buffer => errorResponse('53200', 'out of memory')

/** `$n` that the text names, or those whose types were given. */
function parameterCount({ sql, types }: Statement): number {
  const numbers = [...sql.slice(0, 65_536).matchAll(/\$(\d{1,4})/g)].map((match) => Number(match[1]))
  return Math.min(4096, Math.max(types.length, 0, ...numbers.slice(0, 4096)))
}

/** The rows in the columns that were promised before values were bound. */
function kept(answer: SqlAnswer, promised: readonly Column[] | undefined): SqlAnswer {
  if (promised === undefined || promised.length === 0 || answer.kind === 'error') return answer
  const places = promised.map(({ name }) => answer.columns.findIndex((column) => column.name === name))
  return {
    ...answer,
    columns: promised,
    rows: answer.rows.map((row) => places.map((at) => (at === -1 ? null : (row[at] ?? null)))),
  }
}
