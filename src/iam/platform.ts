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
const MANAGED: Readonly<Record<string, readonly string[]>> = {
  SQSQueue: BY_SOURCE.sqs!,
  DynamoDB: BY_SOURCE['dynamodb-stream']!,
  Kinesis: ['kinesis:Describe*', 'kinesis:Get*', 'kinesis:List*', 'kinesis:SubscribeToShard'],
  MSK: ['kafka:Describe*', 'kafka:GetBootstrapBrokers', 'ec2:Describe*'],
  VPCAccess: ['ec2:DescribeSubnets'],
}

/** What a well-known attached policy of AWS allows, rather too much than too little; undefined for one whose text we do not know. */
export function managedActions(name: string): readonly string[] | undefined {
  const match = ONLY_PLATFORM.exec(name)
  return match === null ? undefined : [...ALWAYS, 'xray:GetSampling*', ...(MANAGED[match[1] ?? ''] ?? [])]
}

/** Actions that Lambda itself takes with the function's role: no recorder inside the function can see them, so they are never excess. */
export const platformActions = (sources: readonly SourceId[]): ReadonlySet<string> =>
  new Set([...ALWAYS, ...sources.flatMap((source) => BY_SOURCE[source] ?? [])])
