import {
  canariesIn,
  type Effect,
  isJsonObject,
  type Json,
  type JsonObject,
  type Oracle,
  type PlantedCanary,
  type Severity,
} from '../model/index.js'
import { lastObservation } from './thrown.js'

/** Parameters that name a resource of the owner's, by service; for a secret or a function it is worst. */
const NAMES: Readonly<Record<string, readonly (readonly [string, Severity])[]>> = {
  dynamodb: [['TableName', 'high']],
  s3: [['Bucket', 'high']],
  sqs: [
    ['QueueUrl', 'medium'],
    ['QueueName', 'medium'],
  ],
  sns: [
    ['TopicArn', 'medium'],
    ['TargetArn', 'medium'],
  ],
  lambda: [['FunctionName', 'high']],
  secretsmanager: [['SecretId', 'high']],
  ssm: [
    ['Name', 'high'],
    ['Path', 'high'],
  ],
  kms: [['KeyId', 'medium']],
  kinesis: [
    ['StreamName', 'medium'],
    ['StreamARN', 'medium'],
  ],
  states: [['stateMachineArn', 'high']],
  events: [['EventBusName', 'medium']],
}
const OVERWRITING = /^(?:PutObject|DeleteObject|CopyObject|CreateMultipartUpload)$/

/** Event data chooses which of the owner's resources a call is made on. */
export const eventChosenResource: Oracle = {
  id: 'event-chosen-resource',
  title: 'Event data chooses the AWS resource',
  severity: 'high',
  cwe: ['CWE-639', 'CWE-99'],
  owasp: ['S5'],
  proof: 'contract',
  sinks: [],
  remediation:
    'Take names of tables, buckets, queues, functions and secrets from the configuration, or look them up in a list of allowed ones; put object keys below a prefix that belongs to the caller.',
  *judge(trial) {
    const { injection, canaries, contract } = trial.case
    if (injection !== null) return
    const sent = canaries.filter(({ point }) => point.control === 'attacker' || point.control === 'producer')
    for (const effect of lastObservation(trial)?.effects ?? []) {
      if (effect.kind !== 'aws') continue
      for (const { name, text, severity } of namesIn(effect, contract)) {
        const canary = sent.find((planted) => canariesIn(text).includes(planted.canary))
        if (name === 'Bucket' && canary !== undefined && isNotified(canary, contract)) continue
        if (canary !== undefined) yield verdictOf(effect, canary, name, text, severity)
      }
    }
  },
}

/** A notification of S3 that a queue or a topic hands on names its bucket rightly: where S3 is the only sender, nobody else chooses it. */
const isNotified = ({ point }: PlantedCanary, contract: string): boolean =>
  (contract === 'batch' || contract === 'async') && /\/Records\/\d+\/s3\/bucket\/name$/.test(point.wire)

type AwsEffect = Extract<Effect, { kind: 'aws' }>
interface Named {
  readonly name: string
  readonly text: string
  readonly severity: Severity
}

/** Names of resources among the parameters of a call. */
export const resourceNames = (effect: AwsEffect): readonly Named[] =>
  (NAMES[effect.service] ?? []).flatMap(([name, severity]) => textsOf(effect.params, name, severity))

function namesIn(effect: AwsEffect, contract: string): readonly Named[] {
  const own = resourceNames(effect)
  const key = effect.params['Key']
  // Behind HTTP anybody may write then over anything in the bucket. An event about an object names its key rightly.
  const wholeKey =
    effect.service === 's3' &&
    OVERWRITING.test(effect.operation) &&
    contract.startsWith('proxy') &&
    typeof key === 'string' &&
    /^ef[a-z2-7]{10}z$/i.test(key)
  return [...own, ...(wholeKey ? [{ name: 'Key', text: key, severity: 'medium' as const }] : [])]
}

function textsOf(params: JsonObject, name: string, severity: Severity): Named[] {
  const direct = params[name]
  const tables = name === 'TableName' ? tablesIn(params) : []
  return [direct, ...tables].filter((text) => typeof text === 'string').map((text) => ({ name, text, severity }))
}

/** Tables of batches and transactions. */
function tablesIn({ RequestItems, TransactItems }: JsonObject): readonly (Json | undefined)[] {
  const members = (Array.isArray(TransactItems) ? (TransactItems as readonly Json[]) : [])
    .filter(isJsonObject)
    .flatMap((item) => Object.values(item))
  return [
    ...Object.keys(isJsonObject(RequestItems) ? RequestItems : {}),
    ...members.filter(isJsonObject).map((one) => one['TableName']),
  ]
}

function verdictOf(effect: AwsEffect, canary: PlantedCanary, name: string, text: string, severity: Severity) {
  const whole = text.toLowerCase() === canary.canary
  return {
    rule: 'event-chosen-resource',
    canary,
    // The line of a process's first call is not always known: operation and parameter name the cause.
    sink: { kind: effect.kind, api: effect.api, location: effect.location, frames: [] },
    anchor: `resource:${effect.api}:${name}`,
    evidence: `${name} of ${effect.api} is ${text.slice(0, 200)}`,
    severity: whole ? severity : ('medium' as const),
    severityReason: whole ? 'the whole name comes from the event' : 'a part of the name comes from the event',
  }
}
