import {
  type AwsCall,
  type Draft,
  isJsonObject,
  type Json,
  type JsonObject,
  type PlantedAnswer,
  type Trial,
} from '../model/index.js'
import type { Variant } from './explore.js'
import type { Runner } from './runner.js'
import type { World } from './second-order.js'

const SERVICE: JsonObject = { type: 'object', 'x-control': 'service' }
const MOST = 12

/** A world in which one write fails, and the same without. */
export interface Failing {
  readonly maker: World['maker']
  readonly trial: Trial
  readonly accepted: readonly Draft[]
}

/** Runs what honest events write once more, with one write failing each time: in part, for want of a permission, by a condition. */
export async function* failing(
  runner: Runner,
  variants: readonly Variant[],
  world: (planted: readonly PlantedAnswer[], drafts: readonly Draft[]) => World,
): AsyncGenerator<Failing> {
  const done = new Set<string>()
  for (const { draft, trial } of [...variants].reverse()) {
    if (trial.observations.at(-1)?.outcome.kind !== 'returned') continue
    const calls = trial.observations.flatMap(({ aws }) => aws).filter(({ outcome }) => outcome === 'ok')
    for (const planted of calls.flatMap((call) => faultsOf(call, calls))) {
      const key = `${planted.label} ${planted.place}`
      if (done.has(key) || done.size >= MOST || runner.stopped) continue
      done.add(key)
      const { maker, drafts } = world([planted], [draft])
      const sound = world([], [draft])
      const [made] = await runner.tryAll(maker, drafts)
      if (made !== undefined) yield { maker, trial: made, accepted: sound.drafts }
    }
  }
}

/** Answers of batch writes that took nothing: SDKs do not throw for these. */
const PARTIAL: Readonly<Record<string, (params: JsonObject) => JsonObject>> = {
  'dynamodb:BatchWriteItem': ({ RequestItems = {} }) => ({ UnprocessedItems: RequestItems }),
  'sqs:SendMessageBatch': ({ Entries }) => ({ Successful: [], Failed: refused(Entries) }),
  'sns:PublishBatch': ({ PublishBatchRequestEntries: entries }) => ({ Successful: [], Failed: refused(entries) }),
  'events:PutEvents': ({ Entries }) => ({ FailedEntryCount: count(Entries), Entries: failed(Entries, 'InternalFailure') }),
  'kinesis:PutRecords': ({ Records }) => ({
    FailedRecordCount: count(Records),
    Records: failed(Records, 'ProvisionedThroughputExceededException'),
  }),
  'firehose:PutRecordBatch': ({ Records }) => ({
    FailedPutCount: count(Records),
    RequestResponses: failed(Records, 'ServiceUnavailableException'),
  }),
}

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
const count = (value: Json | undefined): number => list(value).length
const failed = (value: Json | undefined, ErrorCode: string): Json =>
  list(value).map(() => ({ ErrorCode, ErrorMessage: 'The request was not processed.' }))
const refused = (value: Json | undefined): Json =>
  list(value)
    .filter(isJsonObject)
    .map(({ Id = '' }) => ({ Id, SenderFault: false, Code: 'InternalError', Message: 'The request was not processed.' }))

/** Operations by which a function keeps or passes on what it was given. */
const WRITES =
  /^(?:dynamodb:(?:PutItem|UpdateItem|DeleteItem|TransactWriteItems|BatchWriteItem)|s3:PutObject|sqs:SendMessage(?:Batch)?|sns:Publish(?:Batch)?|events:PutEvents|kinesis:PutRecords?|firehose:PutRecord(?:Batch)?|rds-data:ExecuteStatement|states:StartExecution)$/

const operationOf = ({ service, operation }: AwsCall): string => `${service}:${operation}`

function faultsOf(call: AwsCall, calls: readonly AwsCall[]): (PlantedAnswer & { readonly place: string })[] {
  const operation = operationOf(call)
  if (!WRITES.test(operation)) return []
  const place = `${call.location?.file}:${call.location?.line}`
  const planted = { service: call.service, operation: call.operation, when: {}, template: {}, schema: SERVICE, place }
  const partial = PARTIAL[operation]
  // Where there are several kinds of writes, one may be of little weight, such as a log of one's own.
  const only = new Set(calls.map(operationOf).filter((one) => WRITES.test(one))).size === 1
  return [
    ...(partial === undefined
      ? []
      : [
          {
            ...planted,
            label: `${operation} takes nothing`,
            fault: 'partial' as const,
            times: 1,
            template: partial(call.params),
          },
        ]),
    ...(only ? [{ ...planted, label: `${operation} is denied`, fault: 'denied' as const, error: denied(operation) }] : []),
    ...(typeof call.params['ConditionExpression'] === 'string'
      ? [{ ...planted, label: `${operation} conflicts`, fault: 'conflict' as const, error: CONFLICT }]
      : []),
  ]
}

const denied = (operation: string) => ({
  code: 'AccessDeniedException',
  message: `User is not authorized to perform: ${operation}`,
  status: 400,
})
const CONFLICT = { code: 'ConditionalCheckFailedException', message: 'The conditional request failed', status: 400 }
