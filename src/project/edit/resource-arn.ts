import type { ProjectResource } from '../../model/index.js'
import { arn } from '../cfn/account.js'

const ARN: Readonly<Record<string, (name: string) => string>> = {
  'AWS::DynamoDB::Table': (name) => arn('dynamodb', `table/${name}`),
  'AWS::DynamoDB::GlobalTable': (name) => arn('dynamodb', `table/${name}`),
  'AWS::Serverless::SimpleTable': (name) => arn('dynamodb', `table/${name}`),
  'AWS::S3::Bucket': (name) => arn('s3', name),
  'AWS::SQS::Queue': (name) => arn('sqs', name),
}

/** What `!GetAtt Id.Arn` is for a resource of a template; undefined for types that have another attribute for it. */
export const resourceArn = ({ type, name }: ProjectResource): string | undefined =>
  Object.hasOwn(ARN, type) ? ARN[type]!(name) : undefined
