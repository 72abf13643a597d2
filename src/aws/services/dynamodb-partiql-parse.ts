import type { Json } from '../../model/index.js'
import { joined } from './dynamodb-boolean.js'
import type { Comparator, Condition, FunctionName, Operand } from './dynamodb-condition.js'
import { illFormed, StatementReader } from './dynamodb-partiql-reader.js'
import type { Path } from './dynamodb-path.js'
import type { UpdateAction, UpdateTerm } from './dynamodb-update.js'
import type { Item } from './dynamodb-value.js'

/** A PartiQL statement as DynamoDB has it. */
export type Statement =
  | {
      readonly kind: 'select'
      readonly table: string
      readonly index?: string
      readonly paths?: readonly Path[]
      readonly where?: Condition
      readonly descending: boolean
    }
  | { readonly kind: 'exists'; readonly table: string; readonly where?: Condition }
  | { readonly kind: 'insert'; readonly table: string; readonly item: Item }
  | {
      readonly kind: 'update'
      readonly table: string
      readonly actions: readonly UpdateAction[]
      readonly where: Condition
      readonly returning: string
    }
  | { readonly kind: 'delete'; readonly table: string; readonly where: Condition; readonly returning: string }

const DEEPEST = 100

/** Reads a statement; throws DynamoError. */
export function parseStatement(text: string, parameters: readonly Json[]): Statement {
  const reader = new StatementReader(text, parameters)
  const statement = statementOf(reader)
  reader.end()
  return statement
}

function statementOf(reader: StatementReader): Statement {
  if (reader.accept('SELECT')) return select(reader)
  if (reader.accept('EXISTS', '(')) {
    reader.expect('SELECT')
    const { table, where } = select(reader)
    reader.expect(')')
    return { kind: 'exists', table, ...(where && { where }) }
  }
  if (reader.accept('INSERT', 'INTO')) {
    const table = reader.name()
    reader.expect('VALUE')
    return { kind: 'insert', table, item: reader.value().M as Item }
  }
  if (reader.accept('UPDATE')) return update(reader)
  reader.expect('DELETE', 'FROM')
  const table = reader.name()
  reader.expect('WHERE')
  return { kind: 'delete', table, where: either(reader, 0), returning: returning(reader) }
}

function select(reader: StatementReader): Extract<Statement, { kind: 'select' }> {
  const paths: Path[] = []
  if (!reader.accept('*')) {
    do paths.push(reader.path())
    while (reader.accept(','))
  }
  reader.expect('FROM')
  const table = reader.name()
  const index = reader.accept('.') ? reader.name() : undefined
  const where = reader.accept('WHERE') ? either(reader, 0) : undefined
  const ordered = reader.accept('ORDER', 'BY') && reader.path().length > 0
  const descending = ordered && reader.accept('DESC')
  if (ordered && !descending) reader.accept('ASC')
  return {
    kind: 'select',
    table,
    descending,
    ...(index && { index }),
    ...(paths.length > 0 && { paths }),
    ...(where && { where }),
  }
}

function update(reader: StatementReader): Statement {
  const table = reader.name()
  const actions: UpdateAction[] = []
  for (;;) {
    if (reader.accept('SET')) {
      do {
        const path = reader.path()
        reader.expect('=')
        actions.push({ kind: 'SET', path, term: sum(reader) })
      } while (reader.accept(','))
    } else if (reader.accept('REMOVE')) actions.push({ kind: 'REMOVE', path: reader.path() })
    else break
  }
  if (actions.length === 0) throw reader.problem()
  reader.expect('WHERE')
  return { kind: 'update', table, actions, where: either(reader, 0), returning: returning(reader) }
}

/** `RETURNING ALL OLD *` as `ALL_OLD`; empty when nothing is asked for. */
function returning(reader: StatementReader): string {
  if (!reader.accept('RETURNING')) return ''
  const [which, when] = [reader.next().toUpperCase(), reader.next().toUpperCase()]
  reader.expect('*')
  return `${which === 'MODIFIED' ? 'UPDATED' : which}_${when}`
}

function sum(reader: StatementReader): UpdateTerm {
  const left = term(reader)
  if (reader.accept('+')) return { kind: '+', left, right: term(reader) }
  return reader.accept('-') ? { kind: '-', left, right: term(reader) } : left
}

function term(reader: StatementReader): UpdateTerm {
  if (reader.atValue) return { kind: 'value', value: reader.value() }
  if (!reader.accept('LIST_APPEND', '(')) return { kind: 'path', path: reader.path() }
  const left = sum(reader)
  reader.expect(',')
  const right = sum(reader)
  reader.expect(')')
  return { kind: 'list_append', left, right }
}

const either = (reader: StatementReader, depth: number): Condition => joined(reader, () => single(reader, depth))

function single(reader: StatementReader, depth: number): Condition {
  if (depth > DEEPEST) throw illFormed('the statement is nested too deep')
  if (reader.accept('NOT')) return { kind: 'not', inner: single(reader, depth + 1) }
  if (reader.accept('(')) {
    const inner = either(reader, depth + 1)
    reader.expect(')')
    return inner
  }
  for (const name of ['begins_with', 'contains', 'attribute_type'] as const)
    if (reader.accept(name.toUpperCase(), '(')) return call(name, reader)
  return comparison(reader)
}

function call(name: FunctionName, reader: StatementReader): Condition {
  const args = [operand(reader)]
  while (reader.accept(',')) args.push(operand(reader))
  reader.expect(')')
  if (args.length !== 2) throw illFormed(`${name} takes two arguments`)
  return { kind: 'call', name, args }
}

function comparison(reader: StatementReader): Condition {
  const subject = operand(reader)
  if (reader.accept('BETWEEN')) {
    const low = operand(reader)
    reader.expect('AND')
    return { kind: 'between', subject, low, high: operand(reader) }
  }
  if (reader.accept('IN')) return { kind: 'in', subject, choices: choicesOf(reader) }
  if (reader.accept('IS')) return isSomething(subject, reader)
  const sign = reader.peek() === '!=' ? '<>' : (reader.peek() ?? '')
  if (!['=', '<>', '<', '<=', '>', '>='].includes(sign)) throw reader.problem()
  reader.next()
  return { kind: 'compare', sign: sign as Comparator, left: subject, right: operand(reader) }
}

function isSomething(subject: Operand, reader: StatementReader): Condition {
  const not = reader.accept('NOT')
  const missing = reader.accept('MISSING')
  if (!missing) reader.expect('NULL')
  const holds: Condition = missing
    ? { kind: 'call', name: 'attribute_not_exists', args: [subject] }
    : { kind: 'call', name: 'attribute_type', args: [subject, { kind: 'value', value: { S: 'NULL' } }] }
  return not ? { kind: 'not', inner: holds } : holds
}

function choicesOf(reader: StatementReader): Operand[] {
  const end = reader.accept('(') ? ')' : ']'
  if (end === ']') reader.expect('[')
  const choices = [operand(reader)]
  while (reader.accept(',')) choices.push(operand(reader))
  reader.expect(end)
  return choices
}

function operand(reader: StatementReader): Operand {
  if (reader.atValue) return { kind: 'value', value: reader.value() }
  if (!reader.accept('SIZE', '(')) return { kind: 'path', path: reader.path() }
  const of = operand(reader)
  reader.expect(')')
  return { kind: 'size', of }
}
