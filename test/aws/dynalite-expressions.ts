import fc from 'fast-check'
import type { TableSchema } from '#src/model/index.js'
import { ATTRIBUTES, good, keyOf, value, type Wire } from './dynalite-values.js'

/** A piece of an expression: text, a name that becomes `#0`, or a value that becomes `:0`. */
export type Piece = string | { readonly name: string } | { readonly value: Wire }
export type Expression = readonly Piece[]

const SIGNS = ['=', '<>', '<', '<=', '>', '>='] as const

/** A document path: mostly one that may be there. */
export const path: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<string[]>(...ATTRIBUTES).map((name): Expression => [{ name }]) },
  { weight: 2, arbitrary: fc.constantFrom('x', 'y').map((member): Expression => [{ name: 'map' }, '.', { name: member }]) },
  { weight: 2, arbitrary: fc.nat({ max: 4 }).map((at): Expression => [{ name: 'list' }, `[${at}]`]) },
  { weight: 1, arbitrary: fc.constantFrom<Expression[]>(['a'], ['b'], ['n']) },
)
const operand: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 5, arbitrary: good.map((one): Expression => [{ value: one }]) },
  { weight: 2, arbitrary: path },
  { weight: 1, arbitrary: path.map((one): Expression => ['size(', ...one, ')']) },
)
const number = fc.integer({ min: 0, max: 5 }).map((n) => ({ value: { N: String(n) } }))

const simple: fc.Arbitrary<Expression> = fc.oneof(
  fc.tuple(path, fc.constantFrom(...SIGNS), operand).map(([a, sign, b]): Expression => [...a, sign, ...b]),
  fc.tuple(path, number, number).map(([a, low, high]): Expression => [...a, 'BETWEEN', low, 'AND', high]),
  fc.tuple(path, good, good).map(([a, x, y]): Expression => [...a, 'IN (', { value: x }, ',', { value: y }, ')']),
  fc.tuple(fc.constantFrom('attribute_exists(', 'attribute_not_exists('), path).map(([name, a]): Expression => [name, ...a, ')']),
  fc
    .tuple(path, fc.constantFrom('S', 'N', 'SS', 'L', 'M', 'NULL', 'X'))
    .map(([a, type]): Expression => ['attribute_type(', ...a, ',', { value: { S: type } }, ')']),
  fc
    .tuple(fc.constantFrom('begins_with(', 'contains('), path, good)
    .map(([name, a, b]): Expression => [name, ...a, ',', { value: b }, ')']),
  fc.tuple(path, fc.constantFrom(...SIGNS), number).map(([a, sign, n]): Expression => ['size(', ...a, ')', sign, n]),
)
const broken: fc.Arbitrary<Expression> = fc.constantFrom<Expression[]>(
  [{ name: 'a' }, '==', { value: { S: 'x' } }],
  ['name = ', { value: { S: 'x' } }],
  ['nope(', { name: 'a' }, ')'],
  ['((', { name: 'a' }, '=', { value: { S: 'x' } }, '))'],
  [{ name: 'a' }, '=', { name: 'a' }],
  [{ name: 'a' }, '= :undefined'],
  ['#undefined =', { value: { S: 'x' } }],
  [{ name: 'a' }, 'AND', { name: 'b' }],
  [''],
  ['attribute_exists(', { name: 'a' }, ',', { name: 'b' }, ')'],
  ['attribute_exists(', { value: { S: 'a' } }, ')'],
  ['size(', { name: 'a' }, ')'],
  [{ name: 'a' }, '=', { value: { N: 'abc' } }],
  [{ name: 'a' }, 'BETWEEN', { value: { N: '5' } }, 'AND', { value: { N: '1' } }],
  [{ name: 'a' }, 'BETWEEN', { value: { S: '5' } }, 'AND', { value: { N: '1' } }],
  [{ name: 'a' }, '=', { value: { S: "x' OR '1'='1" } }, ') OR (1 = 1'],
)

/** A condition or filter: one in fifteen is refused for its form. */
export const condition: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 10, arbitrary: simple },
  {
    weight: 3,
    arbitrary: fc.tuple(simple, fc.constantFrom('AND', 'OR'), simple).map(([a, join, b]): Expression => [...a, join, ...b]),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(simple, simple, simple).map(([a, b, c]): Expression => ['NOT (', ...a, 'OR', ...b, ') AND', ...c]),
  },
  { weight: 1, arbitrary: broken },
)

const term: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 4, arbitrary: value.map((one): Expression => [{ value: one }]) },
  { weight: 2, arbitrary: path },
  { weight: 2, arbitrary: fc.tuple(path, number).map(([a, n]): Expression => ['if_not_exists(', ...a, ',', n, ')']) },
)
const assignment: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(path, term).map(([a, b]): Expression => [...a, '=', ...b]) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('+', '-'), fc.constantFrom('1', '0.1', '1e37', '-3'))
      .map(([sign, N]): Expression => [{ name: 'n' }, '=', { name: 'n' }, sign, { value: { N } }]),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.array(good, { maxLength: 2 }), fc.boolean()).map(([L, front]): Expression => {
      const [first, second]: [Piece, Piece] = front ? [{ value: { L } }, { name: 'list' }] : [{ name: 'list' }, { value: { L } }]
      return [{ name: 'list' }, '= list_append(', first, ',', second, ')']
    }),
  },
)
/** Parts that begin at different attributes, as those of an expression have to. */
const distinct = (parts: readonly Expression[]): Expression[] =>
  parts.filter((part, i) => parts.findIndex((other) => JSON.stringify(headOf(other)) === JSON.stringify(headOf(part))) === i)
const headOf = ([first]: Expression): unknown => (typeof first === 'string' ? { name: first } : first)

const listOf = (one: fc.Arbitrary<Expression>, most: number): fc.Arbitrary<Expression[]> =>
  fc
    .tuple(fc.array(one, { minLength: 1, maxLength: most }), fc.nat({ max: 9 }))
    .map(([parts, dice]) => (dice === 0 ? parts : distinct(parts)))
const joined = (parts: readonly Expression[]): Expression => parts.flatMap((part, i) => (i === 0 ? [...part] : [',', ...part]))

const setValue = fc.constantFrom<Wire[]>(
  { SS: ['a', 'zz'] },
  { SS: ['a', 'é'] },
  { SS: [''] },
  { SS: ['x y'] },
  { NS: ['1', '2'] },
  { S: 'no' },
)

const clause = (word: string, one: fc.Arbitrary<Expression>, most: number) => listOf(one, most).map((parts) => ({ word, parts }))
const clauses = fc.tuple(
  fc
    .subarray(
      [
        clause('SET', assignment, 3),
        clause('REMOVE', path, 2),
        clause(
          'ADD',
          fc.tuple(fc.constantFrom('tags', 'tags', 'a'), setValue).map(([name, one]): Expression => [{ name }, { value: one }]),
          1,
        ),
        clause(
          'DELETE',
          fc
            .tuple(fc.constantFrom('tags', 'tags', 'tags', 'tags', 'b'), setValue)
            .map(([name, one]): Expression => [{ name }, { value: one }]),
          1,
        ),
      ],
      { minLength: 1 },
    )
    .chain((chosen) => fc.tuple(...chosen)),
  fc.nat({ max: 9 }),
)

/** An update: of one clause or several; one in ten may touch an attribute twice. */
export const update: fc.Arbitrary<Expression> = clauses.map(([chosen, dice]) => {
  const kept = distinct(chosen.flatMap(({ parts }) => parts))
  return chosen.flatMap(({ word, parts }): Expression => {
    const left = dice === 0 ? parts : parts.filter((part) => kept.includes(part))
    return left.length === 0 ? [] : [word, ...joined(left)]
  })
})

export const projection: fc.Arbitrary<Expression> = listOf(path, 3).map(joined)

/** A key condition on the table's or an index's keys. */
export function keyCondition(table: TableSchema, keys: readonly string[]): fc.Arbitrary<Expression> {
  const [hash, range] = keys
  const whole = keyOf({ keys, types: table.types, indexes: {} })
  const partition = whole.map((key): Expression => [{ name: hash! }, '=', { value: (key[hash!] ?? { S: 'a' }) as Wire }])
  if (range === undefined) return partition
  const bound = whole.map((key): Piece => ({ value: (key[range] ?? { S: 'a' }) as Wire }))
  const second: fc.Arbitrary<Expression> = fc.oneof(
    fc
      .tuple(fc.constantFrom('=', '<', '<=', '>', '>=', '<>'), bound)
      .map(([sign, one]): Expression => [{ name: range }, sign, one]),
    fc.tuple(bound, bound).map(([low, high]): Expression => [{ name: range }, 'BETWEEN', low, 'AND', high]),
    bound.map((one): Expression => ['begins_with(', { name: range }, ',', one, ')']),
  )
  return fc.oneof(
    { weight: 3, arbitrary: partition },
    { weight: 6, arbitrary: fc.tuple(partition, second).map(([a, b]): Expression => [...a, 'AND', ...b]) },
    { weight: 1, arbitrary: second },
  )
}

/** Expressions of one request as parameters, with their names and values; each name and value has one placeholder. */
export function parametersOf(expressions: Readonly<Record<string, Expression | undefined>>): Wire {
  const names: Wire = {}
  const values: Wire = {}
  const placeholder = (held: Wire, mark: string, wanted: unknown): string => {
    const text = JSON.stringify(wanted)
    const known = Object.keys(held).find((key) => JSON.stringify(held[key]) === text)
    const key = known ?? `${mark}${Object.keys(held).length}`
    held[key] = wanted
    return key
  }
  const textOf = (piece: Piece): string => {
    if (typeof piece === 'string') return piece
    return 'name' in piece ? placeholder(names, '#', piece.name) : placeholder(values, ':', piece.value)
  }
  const texts = Object.entries(expressions).flatMap(([name, pieces]) =>
    pieces === undefined ? [] : [[name, pieces.map(textOf).join(' ').replaceAll(' [', '[')] as const],
  )
  return {
    ...Object.fromEntries(texts),
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  }
}
