import fc from 'fast-check'
import type { TableSchema } from '#src/model/index.js'

/** Attribute value, item or parameters of DynamoDB, as sent: possibly wrong. */
export type Wire = Record<string, unknown>

const none = { indexes: {} }

/** Tables with every type of key; `shop` has indexes of each kind. */
export const TABLES: Readonly<Record<string, TableSchema>> = {
  plain: { keys: ['id'], types: { id: 'S' }, ...none },
  texts: { keys: ['pk', 'sk'], types: { pk: 'S', sk: 'S' }, ...none },
  numbers: { keys: ['pk', 'sk'], types: { pk: 'S', sk: 'N' }, ...none },
  bytes: { keys: ['pk', 'sk'], types: { pk: 'N', sk: 'B' }, ...none },
  shop: {
    keys: ['pk', 'sk'],
    types: { pk: 'S', sk: 'S', owner: 'S', at: 'N', score: 'N' },
    indexes: {
      'by-owner': { keys: ['owner', 'at'], global: true, projected: 'ALL' },
      'by-score': { keys: ['score'], global: true, projected: 'KEYS_ONLY' },
      'own-at': { keys: ['pk', 'at'], global: false, projected: ['a'] },
    },
  },
}

// Few keys, so that operations meet each other.
const KEY_VALUES: Readonly<Record<'S' | 'N' | 'B', readonly string[]>> = {
  S: ['a', 'b', 'aé', 'ab\u{10000}', 'b\uffee'],
  N: ['1', '-2', '10', '9.5', '1e2', '0.00012345678901234567890123456789012345678', '-10'],
  B: ['AQ==', 'AQI=', '/w==', 'AP8='],
}

const of = (type: 'S' | 'N' | 'B'): fc.Arbitrary<Wire> => fc.constantFrom(...KEY_VALUES[type].map((value) => ({ [type]: value })))

const string = fc.constantFrom('', 'a', 'ab', 'x y', 'é', '__proto__', "' OR 1=1")
const number = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom('1.50', '-0', '1E3', '12345678901234567890123456789012345678', '.5', '1e-130', '9.9e125', '007'),
)
const binary = fc.constantFrom('', 'YQ==', 'YWI=', '/w==')
const setOf = (member: fc.Arbitrary<string>): fc.Arbitrary<string[]> =>
  fc.uniqueArray(member, {
    minLength: 1,
    maxLength: 3,
    selector: (text) => (text === '' || Number.isNaN(Number(text)) ? text : Number(text)),
  })

const scalar: fc.Arbitrary<Wire> = fc.oneof(
  string.map((S) => ({ S })),
  number.map((N) => ({ N })),
  binary.map((B) => ({ B })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant({ NULL: true }),
)
const collection: fc.Arbitrary<Wire> = fc.oneof(
  setOf(string).map((SS) => ({ SS })),
  setOf(number).map((NS) => ({ NS })),
  setOf(binary).map((BS) => ({ BS })),
  fc.array(scalar, { maxLength: 3 }).map((L) => ({ L })),
  fc.dictionary(fc.constantFrom('x', 'y', '__proto__'), scalar, { maxKeys: 2 }).map((M) => ({ M })),
)
const wrong: fc.Arbitrary<Wire> = fc.constantFrom<Wire[]>(
  { N: 'abc' },
  { N: '' },
  { N: '1e126' },
  { N: '1e-131' },
  { N: '123456789012345678901234567890123456789' },
  {},
  { S: 'a', N: '1' },
  { NULL: false },
  { SS: [] },
  { NS: [] },
  { SS: ['a', 'a'] },
  { NS: ['1', '1.0'] },
  { S: 5 },
  { N: 5 },
  { L: 'a' },
  { BOOL: 'x' },
  { B: 'a' },
)

/** A value: mostly a good one. */
export const value: fc.Arbitrary<Wire> = fc.oneof(
  { weight: 40, arbitrary: scalar },
  { weight: 20, arbitrary: collection },
  { weight: 1, arbitrary: wrong },
)
export const good: fc.Arbitrary<Wire> = fc.oneof({ weight: 2, arbitrary: scalar }, { weight: 1, arbitrary: collection })

/** Attributes that are no keys of most tables. */
export const ATTRIBUTES = ['a', 'b', 'n', 'tags', 'list', 'map'] as const

/** A value that fits what its name promises more often than not, so that expressions have something to work on. */
const attribute = (name: string): fc.Arbitrary<Wire> => {
  const fitting: Readonly<Record<string, fc.Arbitrary<Wire>>> = {
    n: number.map((N) => ({ N })),
    tags: setOf(string).map((SS) => ({ SS })),
    list: fc.array(good, { maxLength: 4 }).map((L) => ({ L })),
    map: fc.dictionary(fc.constantFrom('x', 'y', 'z'), good, { maxKeys: 3 }).map((M) => ({ M })),
    owner: of('S'),
    at: of('N'),
    score: of('N'),
  }
  const fits = fitting[name]
  return fits === undefined ? value : fc.oneof({ weight: 8, arbitrary: fits }, { weight: 1, arbitrary: value })
}

/** A key of the table: one in twenty is none. */
export function keyOf(table: TableSchema): fc.Arbitrary<Wire> {
  const right = fc.record(Object.fromEntries(table.keys.map((name) => [name, of(table.types[name]!)])))
  const first = table.keys[0]!
  const broken: fc.Arbitrary<Wire> = fc.oneof(
    fc.constant({}),
    right.map((key) => ({ ...key, extra: { S: 'x' } })),
    right.map((key) => ({ ...key, [first]: { BOOL: true } })),
    right.map((key) => ({ ...key, [first]: { [table.types[first]!]: '' } })),
    right.map(({ [first]: _gone, ...rest }) => rest),
  )
  return fc.oneof({ weight: 29, arbitrary: right }, { weight: 1, arbitrary: broken })
}

/** An item of the table: its key and some more. */
export function itemOf(table: TableSchema): fc.Arbitrary<Wire> {
  const more = [...ATTRIBUTES, ...Object.keys(table.types).filter((name) => !table.keys.includes(name))]
  const rest = fc.record(Object.fromEntries(more.map((name) => [name, attribute(name)])), { requiredKeys: [] })
  return fc.tuple(keyOf(table), rest).map(([key, others]) => ({ ...others, ...key }))
}
