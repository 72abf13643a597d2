import type { JsonObject } from '../../../model/index.js'
import { eventbridge, httpApi, machine, notification } from './events.js'
import { lambda } from './lambda.js'
import { alias, bucket, sqs, table, topic } from './storage.js'

/** A module of the public registry, as far as it tells about functions; in Terraform's own JSON syntax. */
export interface KnownModule {
  readonly pattern: RegExp
  readonly config: JsonObject
}

/** `terraform-aws-modules/lambda/aws`, its Git address, and parts of a module such as `//modules/alias`. */
const named = (name: string, part = ''): RegExp =>
  new RegExp(
    `^(?:(?:app\\.|registry\\.)?[\\w.-]+/)?(?:terraform-aws-modules/${name}/aws|.*terraform-aws-modules/terraform-aws-${name}(?:\\.git)?)${part}(?:\\?.*)?$`,
  )

export const KNOWN_MODULES: readonly KnownModule[] = [
  { pattern: named('lambda'), config: lambda },
  { pattern: named('lambda', '//modules/alias'), config: alias },
  { pattern: named('sqs'), config: sqs },
  { pattern: named('dynamodb-table'), config: table },
  { pattern: named('s3-bucket'), config: bucket },
  { pattern: named('s3-bucket', '//modules/notification'), config: notification },
  { pattern: named('sns'), config: topic },
  { pattern: named('eventbridge'), config: eventbridge },
  { pattern: named('apigateway-v2'), config: httpApi },
  { pattern: named('step-functions'), config: machine },
]
