import {
  type AwsCall,
  type Delivery,
  type Draft,
  isJsonObject,
  type Json,
  type JsonObject,
  type PlantedAnswer,
  type ResponseContract,
  type Trial,
} from '../model/index.js'
import type { Runner } from './runner.js'
import type { World } from './second-order.js'
import type { Variant } from './variant.js'

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
  world: (planted: readonly PlantedAnswer[], drafts: readonly Draft[], delivery?: Delivery) => World,
): AsyncGenerator<Failing> {
  const done = new Set<string>()
  for (const { draft, trial } of [...variants].reverse()) {
    if (trial.observations.at(-1)?.outcome.kind !== 'returned') continue
    const calls = trial.observations.flatMap(({ aws }) => aws).filter(({ outcome }) => outcome === 'ok')
    const again = AT_LEAST_ONCE.has(trial.case.contract) ? redeliveries(calls) : []
    for (const { delivery, ...planted } of [...calls.flatMap((call) => faultsOf(call, calls)), ...again]) {
      const key = `${planted.label} ${planted.place}`
      if (done.has(key) || done.size >= MOST || runner.stopped) continue
      done.add(key)
      // What it keeps of events must not be there before the first delivery.
      if (delivery !== undefined) await runner.session.renew()
      const { maker, drafts } = world([planted], [draft], delivery)
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

export const operationOf = ({ service, operation }: AwsCall): string => `${service}:${operation}`

/** A custom resource's answer to CloudFormation is a PUT to a presigned URL of a bucket that AWS owns: no data is lost with it. */
const isStackAnswer = ({ params }: AwsCall): boolean =>
  String(params['Bucket'] ?? '').startsWith('cloudformation-custom-resource-response-')

/** Every call of this operation is denied; undefined where it keeps nothing. */
export const denying = (call: AwsCall): PlantedAnswer | undefined =>
  WRITES.test(operationOf(call)) ? faultsOf(call, [call]).find(({ fault }) => fault === 'denied') : undefined

interface Planned extends PlantedAnswer {
  readonly place: string
  readonly delivery?: Delivery
}

function faultsOf(call: AwsCall, calls: readonly AwsCall[]): readonly Planned[] {
  const operation = operationOf(call)
  if (!WRITES.test(operation) || isStackAnswer(call)) return []
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
    ...(only
      ? [
          { ...planted, label: `${operation} is denied`, fault: 'denied' as const, error: denied(operation) },
          { ...planted, label: `${operation} is throttled`, fault: 'throttled' as const, error: slowDown(call.service) },
          { ...planted, label: `${operation} is cut off`, fault: 'cut' as const, error: CUT_OFF },
        ]
      : []),
    ...(typeof call.params['ConditionExpression'] === 'string'
      ? [{ ...planted, label: `${operation} conflicts`, fault: 'conflict' as const, error: CONFLICT }]
      : []),
  ]
}

/** Triggers that may deliver an event more than once. */
export const AT_LEAST_ONCE = new Set<ResponseContract>(['batch', 'async'])
const READS = /^dynamodb:(?:GetItem|Query|BatchGetItem)$/

/** The last of several writes fails once, and the event comes again; or it comes twice, and a read does not show the first time yet. */
function redeliveries(calls: readonly AwsCall[]): readonly Planned[] {
  const writes = calls.filter((call) => WRITES.test(operationOf(call)))
  const last = writes.at(-1)
  if (last === undefined) return []
  const planted = (call: AwsCall) => ({
    service: call.service,
    operation: call.operation,
    when: {},
    template: {},
    schema: SERVICE,
    place: `${call.location?.file}:${call.location?.line}`,
    times: 1,
  })
  const reads = calls.slice(0, calls.indexOf(last)).filter((call) => READS.test(operationOf(call)))
  return [
    ...(writes.length < 2
      ? []
      : [
          {
            ...planted(last),
            label: `${operationOf(last)} is denied once`,
            fault: 'denied' as const,
            error: denied(operationOf(last)),
            delivery: 'after-fault' as const,
          },
        ]),
    ...reads.map((read) => ({
      ...planted(read),
      label: `${operationOf(read)} is stale`,
      fault: 'stale' as const,
      template: read.operation === 'Query' ? NOTHING_FOUND : {},
      delivery: 'stale' as const,
    })),
  ]
}

const NOTHING_FOUND: JsonObject = { Items: [], Count: 0, ScannedCount: 0 }

const slowDown = (service: string) =>
  service === 's3'
    ? { code: 'SlowDown', message: 'Please reduce your request rate.', status: 503 }
    : {
        code: service === 'dynamodb' ? 'ProvisionedThroughputExceededException' : 'ThrottlingException',
        message: 'Rate exceeded',
        status: 400,
      }
const CUT_OFF = { code: 'NoAnswer', message: 'the connection ended without an answer', cut: true }

const denied = (operation: string) => ({
  code: 'AccessDeniedException',
  message: `User is not authorized to perform: ${operation}`,
  status: 400,
})
const CONFLICT = { code: 'ConditionalCheckFailedException', message: 'The conditional request failed', status: 400 }
