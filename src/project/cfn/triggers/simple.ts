import type { Json } from '../../../model/index.js'
import { nameInArn } from '../account.js'
import type { Edge } from '../edges.js'
import type { Resource, Stack } from '../stack.js'
import { listOf, own, textOf, at as valueAt } from '../values.js'

/** Where in a resource of a type the function stands (`*`: any key or entry), and what `resource` of the trigger is. */
interface Place {
  readonly kind: string
  readonly paths: readonly string[]
  readonly resource?: string
}

const PLACES: Readonly<Record<string, Place>> = {
  'AWS::Logs::SubscriptionFilter': { kind: 'cloudwatch-logs', paths: ['DestinationArn'], resource: 'LogGroupName' },
  'AWS::KinesisFirehose::DeliveryStream': {
    kind: 'firehose',
    paths: ['*.ProcessingConfiguration.Processors.*.Parameters.*.ParameterValue'],
    resource: 'DeliveryStreamName',
  },
  'AWS::IoT::TopicRule': {
    kind: 'iot',
    paths: ['TopicRulePayload.Actions.*.Lambda.FunctionArn', 'TopicRulePayload.ErrorAction.Lambda.FunctionArn'],
  },
  'AWS::SES::ReceiptRule': { kind: 'ses', paths: ['Rule.Actions.*.LambdaAction.FunctionArn'] },
  'AWS::CloudFormation::CustomResource': { kind: 'cfn-custom-resource', paths: ['ServiceToken'] },
  'AWS::VpcLattice::TargetGroup': { kind: 'vpc-lattice', paths: ['Targets.*.Id'] },
  'AWS::AppSync::DataSource': { kind: 'appsync', paths: ['LambdaConfig.LambdaFunctionArn'] },
  'AWS::AppSync::FunctionConfiguration': { kind: 'appsync', paths: ['DataSourceName'] },
  'AWS::AppSync::GraphQLApi': { kind: 'appsync-authorizer', paths: ['LambdaAuthorizerConfig.AuthorizerUri'] },
  'AWS::AppSync::Api': {
    kind: 'appsync-authorizer',
    paths: ['EventConfig.AuthProviders.*.LambdaAuthorizerConfig.AuthorizerUri'],
  },
  'AWS::AppSync::ChannelNamespace': { kind: 'appsync', paths: ['HandlerConfigs.*.Integration.DataSourceName'] },
  'AWS::Serverless::GraphQLApi': { kind: 'appsync', paths: ['DataSources.Lambda.*.FunctionArn'] },
  'AWS::Pipes::Pipe': { kind: 'pipes', paths: ['Target', 'Enrichment'], resource: 'Source' },
  'AWS::Config::ConfigRule': { kind: 'config', paths: ['Source.SourceIdentifier'] },
  'AWS::SecretsManager::RotationSchedule': { kind: 'secretsmanager', paths: ['RotationLambdaARN'], resource: 'SecretId' },
  'AWS::CloudFront::Distribution': {
    kind: 'cloudfront',
    paths: [
      'DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.*.LambdaFunctionARN',
      'DistributionConfig.CacheBehaviors.*.LambdaFunctionAssociations.*.LambdaFunctionARN',
    ],
  },
  'AWS::CloudWatch::Alarm': { kind: 'cloudwatch-alarm', paths: ['AlarmActions.*', 'OKActions.*', 'InsufficientDataActions.*'] },
  'AWS::Bedrock::Agent': { kind: 'bedrock-agent', paths: ['ActionGroups.*.ActionGroupExecutor.Lambda'] },
  'AWS::S3ObjectLambda::AccessPoint': {
    kind: 's3-object-lambda',
    paths: ['ObjectLambdaConfiguration.TransformationConfigurations.*.ContentTransformation.AwsLambda.FunctionArn'],
  },
  'AWS::CodePipeline::Pipeline': { kind: 'codepipeline', paths: ['Stages.*.Actions.*.Configuration.FunctionName'] },
  'AWS::Lex::BotAlias': {
    kind: 'lex',
    paths: ['BotAliasLocaleSettings.*.BotAliasLocaleSetting.CodeHookSpecification.LambdaCodeHook.LambdaArn'],
  },
  'AWS::Transfer::Workflow': {
    kind: 'transfer',
    paths: ['Steps.*.CustomStepDetails.Target', 'OnExceptionSteps.*.CustomStepDetails.Target'],
  },
  'AWS::Transfer::Server': { kind: 'transfer', paths: ['IdentityProviderDetails.Function'] },
  'AWS::MediaTailor::PlaybackConfiguration': { kind: 'mediatailor', paths: [] },
  'AWS::Lambda::EventInvokeConfig': {
    kind: 'lambda-destination',
    paths: ['DestinationConfig.OnSuccess.Destination', 'DestinationConfig.OnFailure.Destination'],
  },
  'AWS::Serverless::Function': {
    kind: 'lambda-destination',
    paths: [
      'EventInvokeConfig.DestinationConfig.OnSuccess.Destination',
      'EventInvokeConfig.DestinationConfig.OnFailure.Destination',
    ],
  },
}

/** Services that name a function in one property and of which nothing else is known to us. */
export function* simple(stack: Stack, { type, properties, at }: Resource): Generator<Edge> {
  const place = type.startsWith('Custom::')
    ? PLACES['AWS::CloudFormation::CustomResource']
    : Object.hasOwn(PLACES, type)
      ? PLACES[type]
      : undefined
  if (place === undefined) return
  const text = place.resource === undefined ? undefined : textOf(stack.resolve(own(properties, place.resource)))
  const trigger = text === undefined ? {} : { resource: nameInArn(text) }
  for (const path of place.paths) {
    for (const value of valuesAt(properties, path.split('.'))) {
      const to = textOf(stack.resolve(value))
      if (to !== undefined) yield { to, kind: place.kind, trigger, at: stack.place(value, at) }
    }
  }
}

/** Values at a path in which `*` is every entry of a list or mapping. */
function valuesAt(value: Json | undefined, path: readonly string[]): readonly Json[] {
  const [key, ...rest] = path
  if (value === undefined) return []
  if (key === undefined) return [value]
  if (key !== '*') return valuesAt(valueAt(value, key), rest)
  const children = Array.isArray(value) ? listOf(value) : typeof value === 'object' && value !== null ? Object.values(value) : []
  return (children as readonly Json[]).flatMap((child) => valuesAt(child, rest))
}
