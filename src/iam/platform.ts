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
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
  kinesis: [
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:ListShards',
    'kinesis:ListStreams',
    'kinesis:SubscribeToShard',
  ],
  kafka: [
    ...['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers', 'kafka:DescribeVpcConnection'],
    ...['kafka:ListScramSecrets', 'ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups'],
    ...['kafka-cluster:Connect', 'kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup', 'kafka-cluster:DescribeTopic'],
    ...['kafka-cluster:ReadData', 'kafka-cluster:DescribeClusterDynamicConfiguration'],
  ],
  'dynamodb-stream': ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
}

// AWS: these need no permission at all.
const FREE = new Set([
  ...['sts:GetCallerIdentity', 'sts:GetSessionToken'],
  // Cognito's calls of a user or an app client: a token or a client id authorises them.
  ...(
    'AssociateSoftwareToken ChangePassword ConfirmDevice ConfirmForgotPassword ConfirmSignUp DeleteUser DeleteUserAttributes ' +
    'ForgetDevice ForgotPassword GetDevice GetUser GetUserAttributeVerificationCode GlobalSignOut InitiateAuth ListDevices ' +
    'ResendConfirmationCode RespondToAuthChallenge RevokeToken SetUserMFAPreference SetUserSettings SignUp ' +
    'UpdateAuthEventFeedback UpdateDeviceStatus UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute'
  )
    .split(' ')
    .map((operation) => `cognito-idp:${operation}`),
])

export const isFree = (action: string): boolean => FREE.has(action)

// What Lambda does with a result, or with an event that failed, by the service of the destination
const DELIVERY: Readonly<Record<string, readonly string[]>> = {
  ...{ sqs: ['sqs:SendMessage'], sns: ['sns:Publish'], lambda: ['lambda:InvokeFunction'], events: ['events:PutEvents'] },
  s3: ['s3:PutObject', 's3:ListBucket'],
}

/** An action that Lambda takes on one resource. */
export interface Delivery {
  readonly action: string
  readonly arn: string
}

/** What dead-letter queues and destinations, given as ARNs, need of the role. */
export const deliveries = (destinations: readonly string[]): readonly Delivery[] =>
  destinations.flatMap((arn) => {
    const service = arn.split(':')[2] ?? ''
    return Object.hasOwn(DELIVERY, service) ? DELIVERY[service]!.map((action) => ({ action, arn })) : []
  })

/** AWS managed policies that grant only what the platform itself needs: logs, the trigger's own reads, network interfaces, traces. */
const ONLY_PLATFORM =
  /(?:^|\/)(?:AWSLambda(Basic|SQSQueue|DynamoDB|Kinesis|MSK|VPCAccess|RDSProxy)\w*Role|AWSXRayDaemonWriteAccess|AWSXrayWriteOnlyAccess|CloudWatchLambdaInsightsExecutionRolePolicy)$/

/** True for an attached policy of AWS that grants only what the platform needs: it is never excess. */
export const isForPlatform = (name: string): boolean => ONLY_PLATFORM.test(name)

/** Actions that Lambda itself takes with the function's role: no recorder inside the function can see them, so they are never excess. */
export const platformActions = (sources: readonly SourceId[]): ReadonlySet<string> =>
  new Set([...ALWAYS, ...sources.flatMap((source) => BY_SOURCE[source] ?? [])])
