/** How a type of Terraform is called in CloudFormation, and what its computed attributes are there. */
export interface ResourceType {
  readonly type: string
  /** Attribute to `Ref` or the attribute of `Fn::GetAtt`. */
  readonly attributes: Readonly<Record<string, string>>
}

const of = (type: string, attributes: Readonly<Record<string, string>>): ResourceType => ({ type, attributes })
const ARN = { arn: 'Arn', id: 'Ref', name: 'Ref' }
const BY_ARN = { arn: 'Ref', id: 'Ref' }
const ID = { id: 'Ref' }

/** Types that others refer to, or that tell about functions. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  aws_lambda_function: of('AWS::Lambda::Function', {
    arn: 'Arn',
    qualified_arn: 'Arn',
    id: 'Ref',
    function_name: 'Ref',
    version: '$LATEST',
  }),
  aws_lambda_alias: of('AWS::Lambda::Alias', { arn: 'AliasArn', id: 'Ref' }),
  aws_lambda_layer_version: of('AWS::Lambda::LayerVersion', BY_ARN),
  aws_lambda_event_source_mapping: of('AWS::Lambda::EventSourceMapping', ID),
  aws_sqs_queue: of('AWS::SQS::Queue', { arn: 'Arn', id: 'Ref', url: 'Ref', name: 'QueueName' }),
  aws_sns_topic: of('AWS::SNS::Topic', { arn: 'Ref', id: 'Ref', name: 'TopicName' }),
  aws_dynamodb_table: of('AWS::DynamoDB::Table', { ...ARN, stream_arn: 'StreamArn' }),
  aws_kinesis_stream: of('AWS::Kinesis::Stream', { arn: 'Arn', id: 'Arn', name: 'Ref' }),
  aws_kinesis_firehose_delivery_stream: of('AWS::KinesisFirehose::DeliveryStream', { arn: 'Arn', id: 'Arn', name: 'Ref' }),
  aws_s3_bucket: of('AWS::S3::Bucket', {
    arn: 'Arn',
    id: 'Ref',
    bucket: 'Ref',
    bucket_domain_name: 'DomainName',
    bucket_regional_domain_name: 'RegionalDomainName',
  }),
  aws_iam_role: of('AWS::IAM::Role', ARN),
  aws_iam_policy: of('AWS::IAM::ManagedPolicy', BY_ARN),
  aws_cloudwatch_event_rule: of('AWS::Events::Rule', ARN),
  aws_cloudwatch_event_bus: of('AWS::Events::EventBus', ARN),
  aws_cloudwatch_log_group: of('AWS::Logs::LogGroup', ARN),
  aws_sfn_state_machine: of('AWS::StepFunctions::StateMachine', { ...BY_ARN, name: 'Name' }),
  aws_cognito_user_pool: of('AWS::Cognito::UserPool', { arn: 'Arn', id: 'Ref', endpoint: 'ProviderName' }),
  aws_cognito_user_pool_client: of('AWS::Cognito::UserPoolClient', ID),
  aws_api_gateway_rest_api: of('AWS::ApiGateway::RestApi', { id: 'Ref', root_resource_id: 'RootResourceId', arn: 'Arn' }),
  aws_api_gateway_resource: of('AWS::ApiGateway::Resource', ID),
  aws_api_gateway_method: of('AWS::ApiGateway::Method', ID),
  aws_api_gateway_authorizer: of('AWS::ApiGateway::Authorizer', ID),
  aws_api_gateway_model: of('AWS::ApiGateway::Model', { id: 'Ref', name: 'Ref' }),
  aws_api_gateway_request_validator: of('AWS::ApiGateway::RequestValidator', ID),
  aws_apigatewayv2_api: of('AWS::ApiGatewayV2::Api', { id: 'Ref', api_endpoint: 'ApiEndpoint', arn: 'Arn' }),
  aws_apigatewayv2_integration: of('AWS::ApiGatewayV2::Integration', ID),
  aws_apigatewayv2_route: of('AWS::ApiGatewayV2::Route', ID),
  aws_apigatewayv2_authorizer: of('AWS::ApiGatewayV2::Authorizer', ID),
  aws_lb: of('AWS::ElasticLoadBalancingV2::LoadBalancer', { ...BY_ARN, dns_name: 'DNSName' }),
  aws_lb_listener: of('AWS::ElasticLoadBalancingV2::Listener', BY_ARN),
  aws_lb_target_group: of('AWS::ElasticLoadBalancingV2::TargetGroup', BY_ARN),
  aws_msk_cluster: of('AWS::MSK::Cluster', BY_ARN),
  aws_msk_serverless_cluster: of('AWS::MSK::ServerlessCluster', BY_ARN),
  aws_mq_broker: of('AWS::AmazonMQ::Broker', { arn: 'Arn', id: 'Ref' }),
  aws_secretsmanager_secret: of('AWS::SecretsManager::Secret', BY_ARN),
  aws_ssm_parameter: of('AWS::SSM::Parameter', ARN),
  aws_kms_key: of('AWS::KMS::Key', { arn: 'Arn', id: 'Ref', key_id: 'Ref' }),
  aws_kms_alias: of('AWS::KMS::Alias', ARN),
  aws_appsync_graphql_api: of('AWS::AppSync::GraphQLApi', { arn: 'Ref', id: 'ApiId' }),
  aws_appsync_datasource: of('AWS::AppSync::DataSource', ID),
  aws_db_instance: of('AWS::RDS::DBInstance', { arn: 'DBInstanceArn', id: 'Ref', address: 'Endpoint.Address' }),
  aws_rds_cluster: of('AWS::RDS::DBCluster', { arn: 'DBClusterArn', id: 'Ref', endpoint: 'Endpoint.Address' }),
  aws_db_proxy: of('AWS::RDS::DBProxy', { arn: 'DBProxyArn', endpoint: 'Endpoint' }),
  aws_ecs_cluster: of('AWS::ECS::Cluster', ARN),
  aws_ecs_task_definition: of('AWS::ECS::TaskDefinition', BY_ARN),
  aws_scheduler_schedule: of('AWS::Scheduler::Schedule', ARN),
  aws_scheduler_schedule_group: of('AWS::Scheduler::ScheduleGroup', ARN),
  aws_cloudfront_distribution: of('AWS::CloudFront::Distribution', { arn: 'Arn', id: 'Ref', domain_name: 'DomainName' }),
  aws_opensearch_domain: of('AWS::OpenSearchService::Domain', { arn: 'Arn', id: 'Ref', endpoint: 'DomainEndpoint' }),
}

/** The old names of load balancers are the same types. */
export const canonical = (type: string): string => type.replace(/^aws_alb(?=_|$)/, 'aws_lb')

export function resourceTypeOf(type: string): ResourceType | undefined {
  const name = canonical(type)
  return Object.hasOwn(RESOURCE_TYPES, name) ? RESOURCE_TYPES[name] : undefined
}
