import { randomUUID } from 'node:crypto'
import { type AwsService, listOf, ok, refuse, textOf } from './service.js'

/** A database without rows: every statement succeeds and finds nothing. */
export const rdsData: AwsService = {
  service: 'rds-data',
  operations: {
    ExecuteStatement: ({ params }) =>
      textOf(params.sql) === undefined
        ? refuse('BadRequestException', 'SQL is empty')
        : ok({
            records: [],
            numberOfRecordsUpdated: 0,
            generatedFields: [],
            ...(params.formatRecordsAs === 'JSON' ? { formattedRecords: '[]' } : {}),
          }),
    BatchExecuteStatement: ({ params }) =>
      ok({ updateResults: listOf(params.parameterSets).map(() => ({ generatedFields: [] })) }),
    BeginTransaction: () => ok({ transactionId: Buffer.from(randomUUID()).toString('base64') }),
    CommitTransaction: () => ok({ transactionStatus: 'Transaction Committed' }),
    RollbackTransaction: () => ok({ transactionStatus: 'Rollback Complete' }),
  },
  resources: (_operation, { resourceArn, secretArn }) =>
    [textOf(resourceArn), textOf(secretArn)].filter((name) => name !== undefined),
}
