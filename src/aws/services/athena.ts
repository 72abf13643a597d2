import { randomUUID } from 'node:crypto'
import { type AwsService, arn, ok, refuse, textOf } from './service.js'

/** Queries that have always succeeded and found nothing. */
export const athena: AwsService = {
  service: 'athena',
  operations: {
    StartQueryExecution: ({ params }) =>
      textOf(params.QueryString) === undefined
        ? refuse('InvalidRequestException', 'QueryString is empty')
        : ok({ QueryExecutionId: randomUUID() }),
    StopQueryExecution: () => ok(),
    GetQueryExecution: ({ params }) =>
      ok(
        {
          QueryExecution: {
            QueryExecutionId: params.QueryExecutionId ?? '',
            Status: { State: 'SUCCEEDED' },
            WorkGroup: 'primary',
          },
        },
        true,
      ),
    GetQueryResults: () => ok({ UpdateCount: 0, ResultSet: { Rows: [], ResultSetMetadata: { ColumnInfo: [] } } }),
  },
  resources: (_operation, { WorkGroup }, place) => [arn('athena', place, `workgroup/${textOf(WorkGroup) ?? 'primary'}`)],
}
