import fc from 'fast-check'
import { condition, keyCondition, parametersOf, projection, update } from './dynalite-expressions.js'
import { ATTRIBUTES, good, itemOf, keyOf, TABLES, value, type Wire } from './dynalite-values.js'

/** One request to DynamoDB. */
export interface Operation {
  readonly name: string
  readonly params: Wire
}

const sometimes = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(one, { nil: undefined, freq: 1 })
const compact = (params: Wire): Wire => Object.fromEntries(Object.entries(params).filter(([, one]) => one !== undefined))
const tables = Object.entries(TABLES)
const anyTable = fc.constantFrom(...tables)
const capacity = fc.constantFrom(undefined, undefined, undefined, 'TOTAL')

const request = (
  name: string,
  parts: (table: (typeof tables)[number]) => Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<Operation> =>
  anyTable.chain(([TableName, schema]) =>
    fc.record(parts([TableName, schema])).map(({ expressions, ...rest }) => ({
      name,
      params: compact({ TableName, ...rest, ...((expressions as Wire | undefined) ?? {}) }),
    })),
  )

const put = request('PutItem', ([, schema]) => ({
  Item: itemOf(schema),
  expressions: sometimes(condition).map((ConditionExpression) => parametersOf({ ConditionExpression })),
  ReturnValues: fc.constantFrom(undefined, undefined, undefined, undefined, 'ALL_OLD', 'ALL_OLD', 'NONE', 'ALL_NEW'),
  ReturnConsumedCapacity: capacity,
}))
const get = request('GetItem', ([, schema]) => ({
  Key: keyOf(schema),
  expressions: sometimes(projection).map((ProjectionExpression) => parametersOf({ ProjectionExpression })),
  ConsistentRead: fc.constantFrom(undefined, true, false),
  ReturnConsumedCapacity: capacity,
}))
const remove = request('DeleteItem', ([, schema]) => ({
  Key: keyOf(schema),
  expressions: sometimes(condition).map((ConditionExpression) => parametersOf({ ConditionExpression })),
  ReturnValues: fc.constantFrom(undefined, undefined, 'ALL_OLD', 'ALL_OLD', 'ALL_OLD', 'UPDATED_NEW'),
}))
const change = request('UpdateItem', ([, schema]) => ({
  Key: keyOf(schema),
  expressions: fc
    .tuple(update, fc.option(condition, { nil: undefined, freq: 2 }))
    .map(([UpdateExpression, ConditionExpression]) => parametersOf({ UpdateExpression, ConditionExpression })),
  ReturnValues: fc.constantFrom(
    undefined,
    'ALL_OLD',
    'ALL_NEW',
    'ALL_NEW',
    'UPDATED_OLD',
    'UPDATED_OLD',
    'UPDATED_NEW',
    'UPDATED_NEW',
    'BOTH',
  ),
}))

const paging = {
  Limit: fc.constantFrom(undefined, undefined, undefined, 1, 1, 2, 2, 3, 3, 0),
  ConsistentRead: fc.constantFrom(undefined, undefined, true),
}
const searched = fc.tuple(fc.option(condition, { nil: undefined, freq: 2 }), fc.option(projection, { nil: undefined, freq: 4 }))

const query = fc.constantFrom(...tables).chain(([TableName, schema]) =>
  fc
    .constantFrom(undefined, undefined, ...Object.keys(schema.indexes), ...(TableName === 'plain' ? ['no-such'] : []))
    .chain((IndexName) => {
      const keys = IndexName === undefined ? schema.keys : (schema.indexes[IndexName]?.keys ?? schema.keys)
      return fc
        .record({
          key: keyCondition(schema, keys),
          searched,
          ScanIndexForward: fc.constantFrom(undefined, true, false),
          Select: fc.constantFrom(
            undefined,
            undefined,
            undefined,
            undefined,
            undefined,
            undefined,
            'COUNT',
            'ALL_ATTRIBUTES',
            'SPECIFIC_ATTRIBUTES',
          ),
          ...paging,
        })
        .map(({ key, searched: [FilterExpression, ProjectionExpression], ...rest }): Operation => {
          const expressions = parametersOf({ KeyConditionExpression: key, FilterExpression, ProjectionExpression })
          return { name: 'Query', params: compact({ TableName, IndexName, ...rest, ...expressions }) }
        })
    }),
)
const scan = request('Scan', ([, schema]) => ({
  IndexName: fc.constantFrom(undefined, undefined, undefined, ...Object.keys(schema.indexes)),
  expressions: searched.map(([FilterExpression, ProjectionExpression]) =>
    parametersOf({ FilterExpression, ProjectionExpression }),
  ),
  Select: fc.constantFrom(undefined, undefined, 'COUNT'),
  ...paging,
}))

const batchWrite = fc
  .subarray(tables, { minLength: 1, maxLength: 2 })
  .chain((chosen) =>
    fc.record(
      Object.fromEntries(
        chosen.map(([name, schema]) => [
          name,
          fc.array(
            fc.oneof(
              itemOf(schema).map((Item) => ({ PutRequest: { Item } })),
              keyOf(schema).map((Key) => ({ DeleteRequest: { Key } })),
            ),
            { minLength: 0, maxLength: 4 },
          ),
        ]),
      ),
    ),
  )
  .map((RequestItems): Operation => ({ name: 'BatchWriteItem', params: { RequestItems } }))
const batchGet = fc
  .subarray(tables, { minLength: 1, maxLength: 2 })
  .chain((chosen) =>
    fc.record(
      Object.fromEntries(
        chosen.map(([name, schema]) => [
          name,
          fc
            .tuple(fc.array(keyOf(schema), { minLength: 1, maxLength: 4 }), sometimes(projection))
            .map(([Keys, ProjectionExpression]) => ({ Keys, ...parametersOf({ ProjectionExpression }) })),
        ]),
      ),
    ),
  )
  .map((RequestItems): Operation => ({ name: 'BatchGetItem', params: { RequestItems } }))

const attributeName = fc.constantFrom<string[]>(...ATTRIBUTES)
const OPERATORS = [
  'EQ',
  'NE',
  'LT',
  'LE',
  'GT',
  'GE',
  'CONTAINS',
  'NOT_CONTAINS',
  'BEGINS_WITH',
  'NULL',
  'NOT_NULL',
  'IN',
  'BETWEEN',
  'LIKE',
]
const legacyCondition = fc.record({
  ComparisonOperator: fc.constantFrom(...OPERATORS),
  AttributeValueList: fc.array(good, { minLength: 0, maxLength: 2 }),
})
const legacyPut = request('PutItem', ([, schema]) => ({
  Item: itemOf(schema),
  Expected: fc.dictionary(
    attributeName,
    fc.oneof(
      legacyCondition,
      fc.constantFrom<Wire[]>({ Exists: false }, { Exists: true }),
      value.map((Value) => ({ Value })),
    ),
    { minKeys: 1, maxKeys: 2 },
  ),
}))
const legacyUpdate = request('UpdateItem', ([, schema]) => ({
  Key: keyOf(schema),
  AttributeUpdates: fc.dictionary(
    attributeName,
    fc.record({ Value: value, Action: fc.constantFrom('PUT', 'ADD', 'DELETE') }, { requiredKeys: ['Action'] }),
    { minKeys: 1, maxKeys: 2 },
  ),
  ReturnValues: fc.constantFrom('ALL_NEW', undefined),
}))
const legacyScan = request('Scan', () => ({
  ScanFilter: fc.dictionary(attributeName, legacyCondition, { minKeys: 1, maxKeys: 2 }),
  AttributesToGet: sometimes(fc.uniqueArray(attributeName, { minLength: 1, maxLength: 3 })),
}))

/** Requests as a function would make them, good and bad. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: put },
  { weight: 4, arbitrary: get },
  { weight: 2, arbitrary: remove },
  { weight: 9, arbitrary: change },
  { weight: 9, arbitrary: query },
  { weight: 3, arbitrary: scan },
  { weight: 2, arbitrary: batchWrite },
  { weight: 2, arbitrary: batchGet },
  { weight: 1, arbitrary: legacyPut },
  { weight: 1, arbitrary: legacyUpdate },
  { weight: 1, arbitrary: legacyScan },
)
