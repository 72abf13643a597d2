/** How the resources of one type are named. `{}` is the name, `{id}` the logical id, `{arn}` the ARN. */
export interface ResourceType {
  /** Property that gives the name. */
  readonly name?: string
  /** Service and resource part of the ARN. */
  readonly arn?: readonly [string, string]
  /** What `Ref` gives; without it the name. */
  readonly ref?: string
  readonly attributes?: Readonly<Record<string, string>>
}

const table: ResourceType = {
  name: 'TableName',
  arn: ['dynamodb', 'table/{}'],
  attributes: { StreamArn: '{arn}/stream/2026-01-01T00:00:00.000' },
}
const lambda: ResourceType = {
  name: 'FunctionName',
  arn: ['lambda', 'function:{}'],
  // What SAM adds under AutoPublishAlias.
  attributes: { Version: '{arn}:1', 'Version.Version': '1', Alias: '{arn}:live' },
}
const layer: ResourceType = {
  name: 'LayerName',
  arn: ['lambda', 'layer:{}:1'],
  ref: '{arn}',
  attributes: { LayerVersionArn: '{arn}' },
}
const stateMachine: ResourceType = {
  name: 'StateMachineName',
  arn: ['states', 'stateMachine:{}'],
  ref: '{arn}',
  attributes: { Name: '{}' },
}
const restApi: ResourceType = {
  arn: ['apigateway', '/restapis/{id}'],
  ref: '{id}',
  attributes: { RootResourceId: 'root', RestApiId: '{id}' },
}
const httpApi: ResourceType = {
  arn: ['apigateway', '/apis/{id}'],
  ref: '{id}',
  attributes: { ApiEndpoint: 'https://{id}.execute-api.{region}.amazonaws.com', ApiId: '{id}' },
}
const database = (kind: string, identifier: string): ResourceType => ({
  name: identifier,
  arn: ['rds', `${kind}:{}`],
  attributes: {
    'Endpoint.Address': '{}.{account}.{region}.rds.amazonaws.com',
    'Endpoint.Port': '5432',
    'ReadEndpoint.Address': '{}.ro-{account}.{region}.rds.amazonaws.com',
    Endpoint: '{}.{account}.{region}.rds.amazonaws.com',
    DBClusterArn: '{arn}',
    DBInstanceArn: '{arn}',
    DBProxyArn: '{arn}',
  },
})
const byArn = (
  service: string,
  resource: string,
  name: string,
  attributes: Readonly<Record<string, string>> = {},
): ResourceType => ({
  name,
  arn: [service, resource],
  ref: '{arn}',
  attributes,
})
const byName = (
  service: string,
  resource: string,
  name: string,
  attributes: Readonly<Record<string, string>> = {},
): ResourceType => ({
  name,
  arn: [service, resource],
  attributes,
})
const byId = (attribute: string): ResourceType => ({ ref: '{id}', attributes: { [attribute]: '{id}' } })

/** Types whose `Ref` and attributes templates use; any other gets its name or logical id. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::Serverless::SimpleTable': table,
  'AWS::Lambda::Function': lambda,
  'AWS::Serverless::Function': lambda,
  'AWS::Lambda::LayerVersion': layer,
  'AWS::Serverless::LayerVersion': layer,
  'AWS::StepFunctions::StateMachine': stateMachine,
  'AWS::Serverless::StateMachine': stateMachine,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::Serverless::Api': restApi,
  'AWS::ApiGatewayV2::Api': httpApi,
  'AWS::Serverless::HttpApi': httpApi,
  // Methods and routes name these by id, whatever their Name is.
  'AWS::ApiGateway::Authorizer': byId('AuthorizerId'),
  'AWS::ApiGateway::RequestValidator': byId('RequestValidatorId'),
  'AWS::ApiGateway::Resource': byId('ResourceId'),
  'AWS::ApiGatewayV2::Authorizer': byId('AuthorizerId'),
  'AWS::SQS::Queue': {
    name: 'QueueName',
    arn: ['sqs', '{}'],
    ref: 'https://sqs.{region}.amazonaws.com/{account}/{}',
    attributes: { QueueName: '{}', QueueUrl: 'https://sqs.{region}.amazonaws.com/{account}/{}' },
  },
  'AWS::SNS::Topic': byArn('sns', '{}', 'TopicName', { TopicArn: '{arn}', TopicName: '{}' }),
  'AWS::S3::Bucket': byName('s3', '{}', 'BucketName', {
    DomainName: '{}.s3.amazonaws.com',
    RegionalDomainName: '{}.s3.{region}.amazonaws.com',
    DualStackDomainName: '{}.s3.dualstack.{region}.amazonaws.com',
    WebsiteURL: 'http://{}.s3-website-{region}.amazonaws.com',
  }),
  'AWS::Kinesis::Stream': byName('kinesis', 'stream/{}', 'Name'),
  'AWS::Kinesis::StreamConsumer': byArn('kinesis', 'stream/{id}/consumer/{}:1', 'ConsumerName', { ConsumerARN: '{arn}' }),
  'AWS::KinesisFirehose::DeliveryStream': byName('firehose', 'deliverystream/{}', 'DeliveryStreamName'),
  'AWS::IAM::Role': byName('iam', 'role/{}', 'RoleName', { RoleId: 'AROA0000000000000000' }),
  'AWS::IAM::User': byName('iam', 'user/{}', 'UserName'),
  'AWS::IAM::ManagedPolicy': byArn('iam', 'policy/{}', 'ManagedPolicyName', { PolicyArn: '{arn}' }),
  'AWS::SecretsManager::Secret': byArn('secretsmanager', 'secret:{}-AbCdEf', 'Name', { Id: '{arn}' }),
  'AWS::SSM::Parameter': byName('ssm', 'parameter/{}', 'Name'),
  'AWS::KMS::Key': { arn: ['kms', 'key/{id}'], ref: '{id}', attributes: { KeyId: '{id}' } },
  'AWS::KMS::Alias': byName('kms', '{}', 'AliasName'),
  'AWS::Events::EventBus': byName('events', 'event-bus/{}', 'Name', { Name: '{}' }),
  'AWS::Events::Rule': byName('events', 'rule/{}', 'Name'),
  'AWS::Scheduler::ScheduleGroup': byName('scheduler', 'schedule-group/{}', 'Name'),
  'AWS::Scheduler::Schedule': byName('scheduler', 'schedule/default/{}', 'Name'),
  'AWS::Pipes::Pipe': byName('pipes', 'pipe/{}', 'Name'),
  'AWS::StepFunctions::Activity': byArn('states', 'activity:{}', 'Name'),
  'AWS::Logs::LogGroup': byName('logs', 'log-group:{}:*', 'LogGroupName'),
  'AWS::Cognito::UserPool': {
    name: 'UserPoolName',
    arn: ['cognito-idp', 'userpool/{region}_{id}'],
    ref: '{region}_{id}',
    attributes: {
      UserPoolId: '{region}_{id}',
      ProviderName: 'cognito-idp.{region}.amazonaws.com/{region}_{id}',
      ProviderURL: 'https://cognito-idp.{region}.amazonaws.com/{region}_{id}',
    },
  },
  'AWS::Cognito::UserPoolClient': { ref: '{id}', attributes: { ClientId: '{id}', Name: '{}' } },
  'AWS::Cognito::IdentityPool': { ref: '{region}:{id}', attributes: { Name: '{}' } },
  'AWS::AppSync::GraphQLApi': {
    arn: ['appsync', 'apis/{id}'],
    ref: '{arn}',
    attributes: { ApiId: '{id}', GraphQLUrl: 'https://{id}.appsync-api.{region}.amazonaws.com/graphql' },
  },
  'AWS::Serverless::GraphQLApi': {
    arn: ['appsync', 'apis/{id}'],
    ref: '{arn}',
    attributes: { ApiId: '{id}', GraphQLUrl: 'https://{id}.appsync-api.{region}.amazonaws.com/graphql' },
  },
  'AWS::MSK::Cluster': byArn('kafka', 'cluster/{}/00000000-0000-0000-0000-000000000000-1', 'ClusterName'),
  'AWS::MSK::ServerlessCluster': byArn('kafka', 'cluster/{}/00000000-0000-0000-0000-000000000000-s1', 'ClusterName'),
  'AWS::AmazonMQ::Broker': { name: 'BrokerName', arn: ['mq', 'broker:{}:b-{id}'], ref: 'b-{id}' },
  'AWS::RDS::DBCluster': database('cluster', 'DBClusterIdentifier'),
  'AWS::RDS::DBInstance': database('db', 'DBInstanceIdentifier'),
  'AWS::RDS::DBProxy': database('db-proxy', 'DBProxyName'),
  'AWS::DocDB::DBCluster': database('cluster', 'DBClusterIdentifier'),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': byArn('elasticloadbalancing', 'loadbalancer/app/{}/0000000000000000', 'Name', {
    DNSName: '{}.{region}.elb.amazonaws.com',
    LoadBalancerArn: '{arn}',
  }),
  'AWS::ElasticLoadBalancingV2::TargetGroup': byArn('elasticloadbalancing', 'targetgroup/{}/0000000000000000', 'Name', {
    TargetGroupArn: '{arn}',
    TargetGroupName: '{}',
  }),
  'AWS::ElasticLoadBalancingV2::Listener': {
    arn: ['elasticloadbalancing', 'listener/app/{id}/0/0'],
    ref: '{arn}',
    attributes: { ListenerArn: '{arn}' },
  },
  'AWS::OpenSearchService::Domain': byName('es', 'domain/{}', 'DomainName', {
    DomainEndpoint: 'search-{}.{region}.es.amazonaws.com',
  }),
  'AWS::Elasticsearch::Domain': byName('es', 'domain/{}', 'DomainName', {
    DomainEndpoint: 'search-{}.{region}.es.amazonaws.com',
  }),
  'AWS::ECS::Cluster': byName('ecs', 'cluster/{}', 'ClusterName'),
  'AWS::ECS::TaskDefinition': byArn('ecs', 'task-definition/{}:1', 'Family', { TaskDefinitionArn: '{arn}' }),
  'AWS::CodeBuild::Project': byName('codebuild', 'project/{}', 'Name'),
  'AWS::Athena::WorkGroup': byName('athena', 'workgroup/{}', 'Name'),
  'AWS::Glue::Database': { name: 'DatabaseInput.Name', arn: ['glue', 'database/{}'] },
  'AWS::EC2::SecurityGroup': { arn: ['ec2', 'security-group/{id}'], ref: '{id}', attributes: { GroupId: '{id}' } },
  'AWS::EC2::VPC': { arn: ['ec2', 'vpc/{id}'], ref: '{id}', attributes: { VpcId: '{id}', CidrBlock: '10.0.0.0/16' } },
  'AWS::CloudFront::Distribution': {
    arn: ['cloudfront', 'distribution/{id}'],
    ref: '{id}',
    attributes: { DomainName: '{id}.cloudfront.net', Id: '{id}' },
  },
}
