import type { Edge } from '../edges.js'
import type { Resource, Stack } from '../stack.js'
import { httpAuthorizer, restAuthorizer } from './authorizers.js'
import { bucket } from './bucket.js'
import { eventSourceMapping } from './event-source.js'
import { functionUrl } from './function-url.js'
import { httpApi, route, webSocketApi } from './http-api.js'
import { targetGroup } from './load-balancer.js'
import { permissions } from './permission.js'
import { method, restApi } from './rest-api.js'
import { rule, schedule } from './rule.js'
import { serverlessApi, serverlessHttpApi } from './sam-api.js'
import { samEvents } from './sam-events.js'
import { simple } from './simple.js'
import { stateMachine } from './state-machine.js'
import { subscription, topic } from './topic.js'
import { userPool } from './user-pool.js'

type TriggerReader = (stack: Stack, resource: Resource) => Iterable<Edge>

/** Types about whose invocations we know more than who makes them. */
const READERS: Readonly<Record<string, TriggerReader>> = {
  'AWS::Serverless::Function': samEvents,
  'AWS::Serverless::Api': serverlessApi,
  'AWS::Serverless::HttpApi': serverlessHttpApi,
  'AWS::Serverless::WebSocketApi': webSocketApi,
  'AWS::Serverless::StateMachine': stateMachine,
  'AWS::StepFunctions::StateMachine': stateMachine,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::Url': functionUrl,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::Method': method,
  'AWS::ApiGateway::Authorizer': restAuthorizer,
  'AWS::ApiGatewayV2::Api': httpApi,
  'AWS::ApiGatewayV2::Route': route,
  'AWS::ApiGatewayV2::Authorizer': httpAuthorizer,
  'AWS::ElasticLoadBalancingV2::TargetGroup': targetGroup,
  'AWS::S3::Bucket': bucket,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::Subscription': subscription,
  'AWS::Cognito::UserPool': userPool,
  'AWS::Events::Rule': rule,
  'AWS::Scheduler::Schedule': schedule,
}

/** Everything in a stack that invokes a function, of this stack or another. */
export const edgesOf = (stack: Stack): readonly Edge[] =>
  [...stack.resources.values()].flatMap((resource) => [
    ...(Object.hasOwn(READERS, resource.type) ? READERS[resource.type]!(stack, resource) : []),
    ...simple(stack, resource),
  ])

export { permissions }
