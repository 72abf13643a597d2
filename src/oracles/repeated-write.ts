import {
  type AwsCall,
  type AwsFixture,
  faultIn,
  isJsonObject,
  type Json,
  type JsonObject,
  type Observation,
  type Oracle,
  type Trial,
} from '../model/index.js'
import { returnedValue } from './response-text.js'

/** What was done once more because the event came once more. */
export const repeatedWrite: Oracle = {
  id: 'repeated-write',
  title: 'An event that is delivered again is acted upon again',
  severity: 'medium',
  cwe: ['CWE-837', 'CWE-841'],
  owasp: ['S10'],
  proof: 'state',
  sinks: [],
  experimental: true,
  remediation:
    'Remember the message id in the same conditional write (attribute_not_exists, a transaction, a deduplication id) before or with the effect, or use an idempotency library.',
  *judge(trial) {
    const [first, second] = trial.observations
    const { contract } = trial.case
    if (first === undefined || second === undefined || !(contract === 'batch' || contract === 'async')) return
    const fault = faultIn(trial.case.steps)
    const [one, other] = trial.case.steps
    if (second.outcome.kind !== 'returned' || (fault === undefined && one!.text !== other!.text)) return
    // Where the first delivery went well it seldom comes again: only what is wrong by an amount counts then.
    if (fault === undefined ? isFailed(trial) : fault.fault !== 'stale' && !isFailed(trial)) return
    if (fault?.fault === 'stale' && !remembers(first, second, fault)) return
    const isRepeated = fault === undefined ? repeatsAmount : repeats
    const again = second.aws.find((call) => call.outcome === 'ok' && first.aws.some((before) => isRepeated(before, call)))
    if (again === undefined) return
    yield {
      rule: 'repeated-write',
      canary: null,
      sink: { kind: 'aws', api: `${again.service}:${again.operation}`, location: again.location, frames: [] },
      anchor: `again:${again.service}:${again.operation}`,
      evidence: `The event was delivered twice${whyOf(fault)}, and ${again.service}:${again.operation}${wordsOf(again)} took effect both times`,
    }
  },
}

/** What the second delivery read is what the first one wrote: where it reads something else, it does not ask whether it was here. */
function remembers(first: Observation, second: Observation, { service, operation }: AwsFixture): boolean {
  const reads = second.aws.filter((call) => call.service === service && call.operation === operation)
  const writes = first.aws.filter((call) => call.service === service && call.operation !== operation)
  return reads.some(({ params: read }) =>
    writes.some(
      ({ params: wrote }) =>
        same(read['TableName'], wrote['TableName']) && isOfKey(read['Key'], wrote['Key'] ?? wrote['Item'] ?? null),
    ),
  )
}

/** A query has no key: the table tells. */
const isOfKey = (key: Json | undefined, item: Json): boolean =>
  !isJsonObject(key ?? null) ||
  (isJsonObject(item) && Object.entries(key as JsonObject).every(([name, value]) => same(item[name], value)))

const whyOf = (planted: AwsFixture | undefined): string =>
  planted === undefined
    ? ', as queues, streams and topics may'
    : planted.fault === 'stale'
      ? ` while ${planted.service}:${planted.operation} did not show the first time yet`
      : ` because ${planted.service}:${planted.operation} failed at first`

const wordsOf = ({ params }: AwsCall): string =>
  typeof params['UpdateExpression'] === 'string' ? ` (${params['UpdateExpression'].slice(0, 80)})` : ''

function isFailed(trial: Trial): boolean {
  const outcome = trial.observations[0]?.outcome
  if (outcome?.kind !== 'returned') return true
  const value = returnedValue({ ...trial, observations: trial.observations.slice(0, 1) })
  const failures = isJsonObject(value) ? value['batchItemFailures'] : undefined
  return Array.isArray(failures) && failures.length > 0
}

/** Sending: each call is a message of its own. */
const SENDS =
  /^(?:sns:Publish|events:PutEvents|kinesis:PutRecords?|firehose:PutRecord(?:Batch)?|ses:Send(?:Raw|Templated)?Email|sesv2:SendEmail)$/

function repeats(before: AwsCall, call: AwsCall): boolean {
  const name = `${call.service}:${call.operation}`
  if (before.outcome !== 'ok' || before.service !== call.service || before.operation !== call.operation) return false
  if (!same(before.resources, call.resources)) return false
  const { params } = call
  if (SENDS.test(name)) return same(before.params['TopicArn'], params['TopicArn'])
  if (name === 'sqs:SendMessage') {
    const id = params['MessageDeduplicationId']
    return (
      same(before.params['QueueUrl'], params['QueueUrl']) && (id === undefined || id !== before.params['MessageDeduplicationId'])
    )
  }
  return repeatsAdding(before, call)
}

/** A message of its own that is sent twice is often told from a repeated one by whoever gets it; a count may well be one too high. */
const repeatsAmount = (before: AwsCall, call: AwsCall): boolean =>
  before.outcome === 'ok' && repeatsAdding(before, call) && addedBy(call.params).some((amount) => amount !== 1 && amount !== 0)

const repeatsAdding = (before: AwsCall, { service, operation, params }: AwsCall): boolean =>
  service === 'dynamodb' &&
  operation === 'UpdateItem' &&
  before.operation === operation &&
  same(before.params['TableName'], params['TableName']) &&
  same(before.params['Key'], params['Key']) &&
  params['ConditionExpression'] === undefined &&
  (addedBy(params).length > 0 || /list_append/i.test(String(params['UpdateExpression'])))

const same = (a: Json | readonly string[] | undefined, b: Json | readonly string[] | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

/** `ADD n :one`, `SET n = n + :one`, `SET n = if_not_exists(n, :zero) + :one`; what is added to a set is in it once. */
const ADDED =
  /\bADD\s+[^\s,]+\s+(:\w+)|,\s*[^\s,=]+\s+(:\w+)|([#\w.[\]]+)\s*=\s*(?:\3|if_not_exists\s*\(\s*\3\s*,\s*:\w+\s*\))\s*([+-])\s*(:\w+)/gi

/** Numbers that an update adds to what is there. */
function addedBy({ UpdateExpression: text, ExpressionAttributeValues: values }: AwsCall['params']): readonly number[] {
  if (typeof text !== 'string' || !isJsonObject(values)) return []
  return [...text.matchAll(ADDED)].flatMap(([, only, further, , sign, operand]) => {
    const value = values[only ?? further ?? operand ?? ''] ?? null
    const amount = isJsonObject(value) ? Number(value['N']) : Number.NaN
    return Number.isNaN(amount) ? [] : [sign === '-' ? -amount : amount]
  })
}
