import type { NeededAction } from '../model/index.js'
import { dynamodbActions } from './actions-dynamodb.js'
import { s3Actions } from './actions-s3.js'
import { type MappedCall, onEach } from './mapped-call.js'

export type { MappedCall } from './mapped-call.js'

// IAM prefix where it is not the signing name
const PREFIXES: Readonly<Record<string, string>> = {
  email: 'ses',
  monitoring: 'cloudwatch',
  s3express: 's3',
  iotdata: 'iot',
  'aps-workspaces': 'aps',
}
const DATABASES = new Set(['postgres', 'mysql', 'redis'])
// Operations that IAM knows by another name
const RENAMED: Readonly<Record<string, string>> = {
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  'sns:PublishBatch': 'sns:Publish',
  'lambda:Invoke': 'lambda:InvokeFunction',
  'lambda:InvokeWithResponseStream': 'lambda:InvokeFunction',
  'lambda:InvokeAsync': 'lambda:InvokeFunction',
  'execute-api:PostToConnection': 'execute-api:ManageConnections',
  'execute-api:GetConnection': 'execute-api:ManageConnections',
  'execute-api:DeleteConnection': 'execute-api:ManageConnections',
  'bedrock:Converse': 'bedrock:InvokeModel',
  'bedrock:ConverseStream': 'bedrock:InvokeModelWithResponseStream',
  'rds-data:ExecuteSql': 'rds-data:ExecuteSql',
}

/**
 * IAM actions that one call needs, each on its resource. Empty only for databases, which ask no IAM: any other operation without
 * a rule of its own needs the action of the same name (true of 93 % of all operations).
 */
export function neededActions(call: MappedCall, account: string): readonly NeededAction[] {
  if (DATABASES.has(call.service)) return []
  if (call.service === 's3' || call.service === 's3express') return s3Actions(call)
  if (call.service === 'dynamodb') return dynamodbActions(call, account)
  if (call.service === 'rds-data') return rdsDataActions(call)
  if (call.service === 'athena') return onEach(`athena:${call.operation}`, call.resources)
  const own = `${PREFIXES[call.service] ?? call.service}:${call.operation}`
  const action = Object.hasOwn(RENAMED, own) ? RENAMED[own]! : own
  // Nothing restricts these to a resource: the ARN that a parameter names is another's.
  return onEach(action, call.service === 'sts' && call.operation === 'GetCallerIdentity' ? [] : call.resources)
}

/** The Data API acts on the cluster, and reads the secret with the caller's own permission. */
function rdsDataActions({ operation, params, resources }: MappedCall): NeededAction[] {
  const { secretArn } = params
  const cluster = resources.filter((arn) => arn !== secretArn)
  const secret = typeof secretArn === 'string' && secretArn !== '' ? onEach('secretsmanager:GetSecretValue', [secretArn]) : []
  return [...onEach(`rds-data:${operation}`, cluster), ...secret]
}
