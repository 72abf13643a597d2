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
  'dynamodb-stream': ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
}

/** Actions that Lambda itself takes with the function's role: no recorder inside the function can see them, so they are never excess. */
export const platformActions = (sources: readonly SourceId[]): ReadonlySet<string> =>
  new Set([...ALWAYS, ...sources.flatMap((source) => BY_SOURCE[source] ?? [])])
