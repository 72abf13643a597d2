import { type AwsCall, type AwsFixture, faultIn, isJsonObject, type Json, type Oracle, type Trial } from '../model/index.js'
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
    // Where the first delivery went well, nothing is delivered again for its sake.
    if (fault === undefined || (fault.fault !== 'stale' && !isFailed(trial))) return
    if (second.outcome.kind !== 'returned') return
    const again = second.aws.find((call) => call.outcome === 'ok' && first.aws.some((before) => repeats(before, call)))
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

const whyOf = ({ service, operation, fault }: AwsFixture): string =>
  fault === 'stale'
    ? ` while ${service}:${operation} did not show the first time yet`
    : ` because ${service}:${operation} failed at first`

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
  if (name === 'dynamodb:UpdateItem')
    return same(before.params['Key'], params['Key']) && params['ConditionExpression'] === undefined && isAdding(params)
  return false
}

const same = (a: Json | readonly string[] | undefined, b: Json | readonly string[] | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

/** `ADD n :one`, `SET n = n + :one`, `list_append`: twice is more than once. */
const isAdding = ({ UpdateExpression: text }: AwsCall['params']): boolean =>
  typeof text === 'string' && (/\bADD\s/i.test(text) || /list_append/i.test(text) || /([#\w.]+)\s*=\s*\1\s*[+-]/.test(text))
