import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { parseCondition } from './dynamodb-condition.js'
import { conditionProblem, hintedKey } from './dynamodb-guard.js'
import { ExpressionError, type Item } from './dynamodb-path.js'
import { dynamodbResources } from './dynamodb-resources.js'
import { itemProblem, keysOfTable, Table } from './dynamodb-table.js'
import { transactGet, transactWrite } from './dynamodb-transact.js'
import { applyUpdate } from './dynamodb-update.js'
import { type Answer, type Ask, type AwsService, arn, listOf, ok, refuse, textOf } from './service.js'

/** Tables that exist and are empty at first; expressions are read and obeyed, since hostile data may stand in them. */
export const dynamodb: AwsService = {
  service: 'dynamodb',
  operations: {
    GetItem: checked((ask, table) => onKey(ask, (key) => item('Item', table.get(key)))),
    PutItem: checked(putItem),
    UpdateItem: checked(updateItem),
    DeleteItem: checked(deleteItem),
    Query: checked((ask, table) => search(ask, table, ['KeyConditionExpression', 'FilterExpression'])),
    Scan: checked((ask, table) => search(ask, table, ['FilterExpression'])),
    BatchGetItem: batchGet,
    BatchWriteItem: batchWrite,
    TransactWriteItems: (ask) => guarded(() => transactWrite(ask)),
    TransactGetItems: transactGet,
    ExecuteStatement: ({ params }) =>
      textOf(params.Statement) === undefined ? refuse('ValidationException', 'Statement is empty') : ok({ Items: [] }),
    BatchExecuteStatement: ({ params }) => ok({ Responses: listOf(params.Statements).map(() => ({})) }),
    ExecuteTransaction: ({ params }) => ok({ Responses: listOf(params.TransactStatements).map(() => ({})) }),
    DescribeTable: checked(({ params, place, store }) => {
      const name = String(params.TableName)
      const keys = keysOfTable(store, tableName(name))
      return ok({ Table: description(name, place, keys ?? ['id']) }, keys === undefined)
    }),
    ListTables: () => ok({ TableNames: [] }),
  },
  resources: dynamodbResources,
}

/** Runs an operation on its table; what an expression has wrong becomes DynamoDB's own error. */
function checked(operation: (ask: Ask, table: Table) => Answer): (ask: Ask) => Answer {
  return (ask) => {
    const name = textOf(ask.params.TableName)
    if (name === undefined)
      return refuse(
        'ValidationException',
        "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
      )
    return guarded(() => operation(ask, new Table(ask.store, tableName(name))))
  }
}

function guarded(run: () => Answer): Answer {
  try {
    return run()
  } catch (error) {
    if (error instanceof ExpressionError) return refuse('ValidationException', `Invalid expression: ${error.message}`)
    throw error
  }
}

const tableName = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)

function onKey({ params: { Key } }: Ask, then: (key: Item) => Answer): Answer {
  const problem = itemProblem(Key, 'Key')
  return problem === undefined ? then(Key as Item) : refuse(problem.code, problem.message)
}

const item = (member: string, found: Item | undefined): Answer => ok(found === undefined ? {} : { [member]: found })

function putItem({ params }: Ask, table: Table): Answer {
  const problem = itemProblem(params.Item, 'Item')
  if (problem !== undefined) return refuse(problem.code, problem.message)
  const put = params.Item as Item
  const hinted = hintedKey(params, put)
  const old = table.replacedBy(put, hinted)
  const failed = conditionProblem(params, old)
  if (failed !== undefined) return failed
  table.put(put, hinted)
  return item('Attributes', params.ReturnValues === 'ALL_OLD' ? old : undefined)
}

function updateItem(ask: Ask, table: Table): Answer {
  return onKey(ask, (key) => {
    const { params } = ask
    const old = table.get(key)
    const failed = conditionProblem(params, old)
    if (failed !== undefined) return failed
    const { item: after, touched } = applyUpdate(old ?? key, textOf(params.UpdateExpression) ?? '', params)
    table.put(after)
    const only = (whole: Item | undefined) =>
      Object.fromEntries(Object.entries(whole ?? {}).filter(([name]) => touched.includes(name)))
    const returned: Readonly<Record<string, Item | undefined>> = {
      ALL_NEW: after,
      ALL_OLD: old,
      UPDATED_NEW: only(after),
      UPDATED_OLD: only(old),
    }
    return item('Attributes', returned[String(params.ReturnValues)])
  })
}

function deleteItem(ask: Ask, table: Table): Answer {
  return onKey(ask, (key) => {
    const old = table.get(key)
    const failed = conditionProblem(ask.params, old)
    if (failed !== undefined) return failed
    table.delete(key)
    return item('Attributes', ask.params.ReturnValues === 'ALL_OLD' ? old : undefined)
  })
}

/** Query and Scan: never a LastEvaluatedKey, so that a function that pages comes to an end. */
function search({ params }: Ask, table: Table, expressions: readonly string[]): Answer {
  const [key, filter] = expressions
    .map((name) => textOf(params[name]))
    .map((text) => (text === undefined ? undefined : parseCondition(text, params)))
  const scanned = table.items().filter((found) => key?.(found) ?? true)
  const limit = typeof params.Limit === 'number' && params.Limit > 0 ? params.Limit : scanned.length
  const Items = scanned.filter((found) => filter?.(found) ?? true).slice(0, limit)
  const counts = { Count: Items.length, ScannedCount: scanned.length }
  return ok(params.Select === 'COUNT' ? counts : { Items, ...counts })
}

function batchGet({ params, store }: Ask): Answer {
  const Responses: [string, Json][] = []
  for (const [name, wanted] of requestItems(params)) {
    const keys = isJsonObject(wanted) ? listOf(wanted.Keys) : []
    const problem = keys.map((key) => itemProblem(key, 'Key')).find((p) => p !== undefined)
    if (problem !== undefined) return refuse(problem.code, problem.message)
    const table = new Table(store, tableName(name))
    Responses.push([name, keys.map((key) => table.get(key as Item)).filter((found) => found !== undefined)])
  }
  return ok({ Responses: Object.fromEntries(Responses), UnprocessedKeys: {} })
}

function batchWrite({ params, store }: Ask): Answer {
  const requests = requestItems(params).flatMap(([name, list]) =>
    listOf(list)
      .filter(isJsonObject)
      .map((request) => ({ name, request })),
  )
  // AWS: 1 to 25 requests
  if (requests.length === 0 || requests.length > 25)
    return refuse(
      'ValidationException',
      'Member must have length less than or equal to 25, Member must have length greater than or equal to 1',
    )
  for (const { name, request } of requests) {
    const { PutRequest, DeleteRequest } = request
    const table = new Table(store, tableName(name))
    const put = isJsonObject(PutRequest)
    const subject = put ? PutRequest.Item : isJsonObject(DeleteRequest) ? DeleteRequest.Key : undefined
    const problem = itemProblem(subject, put ? 'Item' : 'Key')
    if (problem !== undefined) return refuse(problem.code, problem.message)
    if (put) table.put(subject as Item)
    else table.delete(subject as Item)
  }
  return ok({ UnprocessedItems: {} })
}

const requestItems = ({ RequestItems }: JsonObject): [string, Json][] =>
  isJsonObject(RequestItems) ? Object.entries(RequestItems) : []

function description(name: string, place: Ask['place'], keys: readonly string[]): JsonObject {
  return {
    TableName: tableName(name),
    TableArn: arn('dynamodb', place, `table/${tableName(name)}`),
    TableStatus: 'ACTIVE',
    ItemCount: 0,
    TableSizeBytes: 0,
    KeySchema: keys.map((key, i) => ({ AttributeName: key, KeyType: i === 0 ? 'HASH' : 'RANGE' })),
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
  }
}
