import type { ProjectResource } from '../../model/index.js'
import { nameOf } from './resource-names.js'
import type { Stack } from './stack.js'
import { objectOf } from './values.js'

/** What functions talk to and the AWS stub can keep. */
const KEPT = new Set([
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Serverless::SimpleTable',
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Events::EventBus',
  'AWS::SecretsManager::Secret',
  'AWS::SSM::Parameter',
  'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::StateMachine',
  'AWS::Cognito::UserPool',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
])

/** Tables, queues, buckets and the like of a stack, with the names that its functions see. */
export const readResource = (stack: Stack): readonly ProjectResource[] =>
  stack.ofType(...KEPT).map((resource) => ({
    id: stack.prefix + resource.id,
    type: resource.type,
    name: nameOf(stack, resource),
    properties: objectOf(stack.resolve(resource.properties)),
  }))
