import { batchGet, batchWrite } from './dynamodb-batch.js'
import { createTable, describeTable, listTables } from './dynamodb-describe.js'
import { guarded } from './dynamodb-error.js'
import { deleteItem, getItem, putItem, updateItem } from './dynamodb-items.js'
import { batchExecute, executeStatement, executeTransaction } from './dynamodb-partiql.js'
import { dynamodbResources } from './dynamodb-resources.js'
import { query, scan } from './dynamodb-search.js'
import { transactGet, transactWrite } from './dynamodb-transact.js'
import type { Answer, Ask, AwsService } from './service.js'

const OPERATIONS: Readonly<Record<string, (ask: Ask) => Answer>> = {
  GetItem: getItem,
  PutItem: putItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  Query: query,
  Scan: scan,
  BatchGetItem: batchGet,
  BatchWriteItem: batchWrite,
  TransactWriteItems: transactWrite,
  TransactGetItems: transactGet,
  ExecuteStatement: executeStatement,
  BatchExecuteStatement: batchExecute,
  ExecuteTransaction: executeTransaction,
  DescribeTable: describeTable,
  ListTables: listTables,
  CreateTable: createTable,
}

/** Tables that exist and are empty at first; expressions are read and obeyed, since hostile data may stand in them. */
export const dynamodb: AwsService = {
  service: 'dynamodb',
  operations: Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, operation]) => [name, (ask: Ask) => guarded(() => operation(ask))]),
  ),
  resources: dynamodbResources,
}
