import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { functionArn, type ServiceFunction } from './service.js'

export const isIntrinsic = (value: Json | undefined): boolean =>
  isJsonObject(value) && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))

/** A list, also where its only entry stands alone, or lists stand in it. */
export function list(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value)
    ? (value as readonly Json[]).flatMap((each) => (Array.isArray(each) ? (each as readonly Json[]) : [each]))
    : [value]
}

const LOGS = 'arn:aws:logs:*:*:log-group:/aws/lambda/*'
const NETWORK = [
  'CreateNetworkInterface',
  'DescribeNetworkInterfaces',
  'DescribeVpcs',
  'DeleteNetworkInterface',
  'DescribeSubnets',
  'DescribeSecurityGroups',
]
const STREAM = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams']

/** What an event source needs: actions on its ARN. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  dynamodb: STREAM.map((action) => `dynamodb:${action}`),
  kinesis: STREAM.map((action) => `kinesis:${action}`),
  msk: ['kafka:DescribeCluster', 'kafka:GetBootstrapBrokers'],
  activemq: ['mq:DescribeBroker'],
  rabbitmq: ['mq:DescribeBroker'],
}

/**
 * What serverless adds by itself to the role that functions share: logs, and what their events, destinations and queues need. To
 * the role of one function, the plugin for them adds less.
 */
export function platformStatements(functions: readonly ServiceFunction[], shared: boolean): readonly JsonObject[] {
  const wanted = new Map<string, Json[]>()
  const allow = (actions: readonly string[], resource: Json) => {
    const key = JSON.stringify(actions)
    wanted.set(key, [...(wanted.get(key) ?? []), resource])
  }
  const logs = ['logs:CreateLogStream', 'logs:CreateLogGroup', ...(shared ? ['logs:TagResource'] : []), 'logs:PutLogEvents']
  for (const resource of [`${LOGS}:*`, `${LOGS}:*:*`]) allow(logs, resource)
  const keys = new Set(functions.map(({ key }) => key))
  for (const { properties } of functions) {
    for (const event of list(properties['events'])) if (isJsonObject(event)) allowEvent(event, shared, allow)
    const targets = shared ? targetsOf(properties, keys) : list(properties['onError'])
    for (const target of targets) allow([sending(target)], target)
  }
  return [...wanted].map(([actions, resource]) => ({ Effect: 'Allow', Action: JSON.parse(actions) as Json, Resource: resource }))
}

type Allow = (actions: readonly string[], resource: Json) => void

function allowEvent(event: JsonObject, shared: boolean, allow: Allow): void {
  for (const [type, value] of Object.entries(event)) {
    if (!shared && type !== 'sqs' && type !== 'stream') continue
    if (type === 'websocket') allow(['execute-api:ManageConnections'], 'arn:aws:execute-api:*:*:*/@connections/*')
    const source = type === 'stream' ? streamService(value) : type
    const actions = Object.hasOwn(SOURCES, source) ? SOURCES[source]! : undefined
    if (actions === undefined) continue
    allow(actions, arnIn(value))
    if (!['msk', 'activemq', 'rabbitmq'].includes(source)) continue
    allow(
      NETWORK.map((action) => `ec2:${action}`),
      '*',
    )
    const secret = isJsonObject(value) ? value['basicAuthArn'] : undefined
    if (secret !== undefined) allow(['secretsmanager:GetSecretValue'], secret)
  }
}

/** ARNs that failed or finished events go to. */
function targetsOf({ onError, destinations }: JsonObject, keys: ReadonlySet<string>): readonly Json[] {
  const named = isJsonObject(destinations) ? [destinations['onSuccess'], destinations['onFailure']] : []
  const arns = named.map((each) => functionArn(isJsonObject(each) && each['arn'] !== undefined ? each['arn'] : each, keys))
  return [onError ?? null, ...arns].filter((each) => each !== null)
}

function sending(target: Json): string {
  const text = JSON.stringify(target)
  if (/:sqs:|Queue/.test(text)) return 'sqs:SendMessage'
  if (/:events:|EventBus/.test(text)) return 'events:PutEvents'
  return /:lambda:|LambdaFunction/.test(text) ? 'lambda:InvokeFunction' : 'sns:Publish'
}

const arnIn = (value: Json): Json => (isJsonObject(value) && !isIntrinsic(value) ? (value['arn'] ?? '*') : value)

/** Whether a stream is of a table: `type` says it, or the ARN, or the attribute that is asked for. */
export function streamService(value: Json): 'dynamodb' | 'kinesis' {
  if (isJsonObject(value) && typeof value['type'] === 'string') return value['type'] === 'dynamodb' ? 'dynamodb' : 'kinesis'
  return /dynamodb|StreamArn/.test(JSON.stringify(arnIn(value))) ? 'dynamodb' : 'kinesis'
}
