import type { Outcome } from './dynalite-compare.js'
import type { Operation } from './dynalite-operations.js'

/** A way in which our answer may differ from dynalite's, and why that is right. */
export interface Difference {
  readonly id: string
  readonly what: string
  readonly why: string
  matches(operation: Operation, dynalite: Outcome, ours: Outcome): boolean
}

const refusesAlone = (dynalite: Outcome, ours: Outcome, words: RegExp): boolean =>
  dynalite.status === 200 && ours.code === 'ValidationException' && words.test(ours.message)

export const DIFFERENCES: readonly Difference[] = [
  {
    id: 'proto-member',
    what: 'An attribute or map member named `__proto__` is stored and read back like any other; dynalite refuses or loses it.',
    why: 'AWS has no such rule. dynalite copies into plain JavaScript objects, where that name is special; hostile events hold it.',
    matches: ({ params }) => JSON.stringify(params).includes('"__proto__":'),
  },
  {
    id: 'delete-return-values',
    what: 'DeleteItem with `ReturnValues` other than `NONE` and `ALL_OLD` is refused; dynalite ignores it.',
    why: 'AWS (DeleteItem, ReturnValues): "DeleteItem does not recognize any values other than NONE or ALL_OLD".',
    matches: ({ name }, a, b) => name === 'DeleteItem' && refusesAlone(a, b, /^ReturnValues can only be/),
  },
  {
    id: 'select-with-projection',
    what: 'A ProjectionExpression together with a `Select` other than `SPECIFIC_ATTRIBUTES` is refused; dynalite lets it pass.',
    why: 'AWS (Query and Scan, Select): "Any other value for Select will return an error".',
    matches: (_operation, a, b) => refusesAlone(a, b, /^Cannot specify the ProjectionExpression when choosing to get/),
  },
  {
    id: 'consistent-index-scan',
    what: 'A Scan of a global secondary index with `ConsistentRead` is refused; dynalite lets some pass.',
    why: 'AWS (Scan, ConsistentRead): "Strongly consistent reads are not supported on global secondary indexes".',
    matches: ({ name }, a, b) => name === 'Scan' && refusesAlone(a, b, /^Consistent reads are not supported/),
  },
  {
    id: 'unordered-operand',
    what: 'A value without an order (BOOL, NULL, L, M, a set) beside `<`, `<=`, `>`, `>=` or BETWEEN is refused; dynalite compares it with an attribute that is not there.',
    why: 'AWS (Comparison operator and function reference) compares only strings, numbers and binaries, and refuses the expression.',
    matches: (_operation, a, b) =>
      a.code !== 'ValidationException' &&
      b.code === 'ValidationException' &&
      /operator or function: (?:[<>]=?|BETWEEN), operand type/.test(b.message),
  },
  {
    id: 'empty-attributes',
    what: 'An update of which nothing is to be returned has no `Attributes`; dynalite has an empty one.',
    why: 'Functions ask whether it is there. We know of no source that says which AWS does.',
    matches: ({ name }, a, b) => name === 'UpdateItem' && a.body === '{"Attributes":{}}' && b.body === '{}',
  },
  {
    id: 'missing-equals-missing',
    what: 'Two attributes that are both missing are not equal; dynalite takes them for equal.',
    why: 'AWS (Comparison operator and function reference): a comparison needs two values; what is missing has none.',
    matches: ({ params }, a, b) =>
      [a.code, b.code].some((code) => code === '' || code === 'ConditionalCheckFailedException') &&
      /(?:[ <>]=|<>) (?:size\(|#|[abn]\b)/.test(`${String(params['FilterExpression'])} ${String(params['ConditionExpression'])}`),
  },
  {
    id: 'sum-too-long',
    what: 'A sum of more than 38 digits is refused; dynalite stores it.',
    why: 'AWS (Data types, Number): "Numbers can have up to 38 digits of precision. Exceeding this results in an exception".',
    matches: ({ name }, a, b) => name === 'UpdateItem' && refusesAlone(a, b, /^Attempting to store more than 38/),
  },
  {
    id: 'empty-size',
    what: '`size` of an empty string or binary is 0; to dynalite it is missing.',
    why: 'AWS (size): the length of the value; since 2020 non-key values may be empty. dynalite takes the empty text for none.',
    matches: ({ params }, a, b) =>
      a.body !== b.body && `${String(params['FilterExpression'])} ${String(params['ConditionExpression'])}`.includes('size('),
  },
  {
    id: 'local-index-fetch',
    what: 'A projection of attributes that a local index does not hold is fetched from the table; dynalite often leaves them out.',
    why: 'AWS (Local secondary indexes, Reading data): "DynamoDB fetches those attributes from the table".',
    matches: ({ name, params }, a, b) =>
      (name === 'Scan' || name === 'Query') && params['IndexName'] === 'own-at' && a.status === 200 && b.status === 200,
  },
  {
    id: 'right-hand-side',
    what: 'A copied attribute is as it was before the update; in dynalite it changes along with its source.',
    why: 'AWS (UpdateItem): all right-hand sides are read before anything is written. dynalite shares one object between the two.',
    matches: ({ name, params }, a, b) =>
      name === 'UpdateItem' &&
      a.status === 200 &&
      b.status === 200 &&
      /\[\d\] =|\. #\d =/.test(String(params['UpdateExpression'])) &&
      /= (?:#\d|[abn] |if_not_exists)/.test(String(params['UpdateExpression'])),
  },
  {
    id: 'legacy-equality',
    what: 'The older `EQ` and `NE` take values of every type in filters; dynalite refuses BOOL, NULL, L and M.',
    why: 'AWS (Condition, ComparisonOperator): "EQ is supported for all data types, including lists and maps".',
    matches: ({ params }, a, b) =>
      params['ScanFilter'] !== undefined && b.status === 200 && /ComparisonOperator (?:EQ|NE) is not valid for/.test(a.message),
  },
]

/** What the generated operations do not ask, since dynalite has no answer. */
export const NOT_COMPARED: readonly (readonly [what: string, why: string])[] = [
  [
    'TransactWriteItems, TransactGetItems',
    'dynalite 4 answers UnknownOperationException; test/aws/state-dynamodb.test.ts checks them.',
  ],
  [
    'ExecuteStatement, BatchExecuteStatement, ExecuteTransaction',
    'dynalite 4 has no PartiQL; test/aws/state-dynamodb.test.ts checks them.',
  ],
  [
    'Tables that no template declares',
    'dynalite refuses them; here every table exists and its key is learnt, since names come from environments that we cannot know.',
  ],
  ['Order of items of a Scan, and of equal sort keys of an index', 'AWS promises none.'],
  [
    '`TableName` of one or two characters',
    'dynalite refuses it; AWS takes 1 to 1,024 characters in requests other than CreateTable.',
  ],
  ['Words of error messages', 'The code is compared; a message that differs is counted and printed, not a failure.'],
]

/** docs/aws-differences.md, whole. */
export const differencesPage = (): string => `# Where the DynamoDB stub differs from dynalite

Written by test/aws/dynalite.test.ts (\`UPDATE_GOLDEN=1\`); it fails on a difference that is not in this table.

| id | what differs | why |
|---|---|---|
${DIFFERENCES.map(({ id, what, why }) => `| ${id} | ${what} | ${why} |`).join('\n')}

Not compared:

| what | why |
|---|---|
${NOT_COMPARED.map(([what, why]) => `| ${what} | ${why} |`).join('\n')}
`
