import type { SourceId } from '../model/index.js'

const ALWAYS = [
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
]
const BY_SOURCE: Readonly<Partial<Record<SourceId, readonly string[]>>> = {
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  kinesis: [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
    'kinesis:ListStreams',
    'kinesis:SubscribeToShard',
  ],
  'dynamodb-stream': ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
}

// AWS: these need no permission at all.
const FREE = new Set(['sts:GetCallerIdentity', 'sts:GetSessionToken'])

export const isFree = (action: string): boolean => FREE.has(action)

/** AWS managed policies that grant only what the platform itself needs: logs, the trigger's own reads, network interfaces, traces. */
const ONLY_PLATFORM =
  /(?:^|\/)(?:AWSLambda(Basic|SQSQueue|DynamoDB|Kinesis|MSK|VPCAccess|RDSProxy)\w*Role|AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|CloudWatchLambdaInsightsExecutionRolePolicy)$/

/** True for an attached policy of AWS that grants only what the platform needs: it is never excess. */
export const isForPlatform = (name: string): boolean => ONLY_PLATFORM.test(name)

/** Actions that Lambda itself takes with the function's role: no recorder inside the function can see them, so they are never excess. */
export const platformActions = (sources: readonly SourceId[]): ReadonlySet<string> =>
  new Set([...ALWAYS, ...sources.flatMap((source) => BY_SOURCE[source] ?? [])])
