import type { Condition } from './dynamodb-condition.js'

interface Words {
  accept(word: string): unknown
}

/** Conditions joined by AND and OR, of which AND binds closer; `single` reads one of them. */
export function joined(reader: Words, single: () => Condition): Condition {
  return listed(
    'or',
    separated(reader, 'OR', () => listed('and', separated(reader, 'AND', single))),
  )
}

function separated(reader: Words, word: string, read: () => Condition): readonly Condition[] {
  const parts = [read()]
  while (reader.accept(word)) parts.push(read())
  return parts
}

const listed = (kind: 'and' | 'or', parts: readonly Condition[]): Condition => (parts.length === 1 ? parts[0]! : { kind, parts })
