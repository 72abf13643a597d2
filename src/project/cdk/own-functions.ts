/**
 * Functions that CDK adds for itself, by construct path or logical id: custom resource providers, log retention, bucket
 * notifications, AwsCustomResource, the provider framework, deployments.
 */
const OWN = [
  /(?:^|\/)Custom::/,
  /(?:^|\/)Custom(?:S3AutoDelete|ECRAutoDelete|VpcRestrict|CrossRegion|DynamoDBTableReplica|OpenIdConnect|IAMInstanceProfile|CDK)/,
  /(?:^|\/)LogRetention[0-9a-f]{32}/,
  /(?:^|\/)BucketNotificationsHandler[0-9a-f]{32}/,
  /(?:^|\/)AWS679f53fac002430cb0da5b7982bd2287/,
  /(?:^|\/)framework-?(?:onEvent|isComplete|onTimeout)/,
  /(?:^|\/)@aws-cdk--/,
  /(?:^|\/)\$?(?:CrossRegion(?:Ex|Im)port|ExportsReader|ExportsWriter)/,
]

export const isOwnFunction = (path: string | undefined, logicalId: string): boolean =>
  OWN.some((pattern) => (path !== undefined && pattern.test(path)) || pattern.test(logicalId))

/** The framework of Provider calls the user's function, which it knows by this variable. */
export const FRAMEWORK_VARIABLES = ['USER_ON_EVENT_FUNCTION_ARN', 'USER_IS_COMPLETE_FUNCTION_ARN'] as const
