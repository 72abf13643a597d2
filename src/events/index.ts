import { ConfigError, type EventSource, type SourceId, type Trigger } from '../model/index.js'
import { alb } from './alb.js'
import { apigwV1 } from './apigw-v1.js'
import { apigwV2 } from './apigw-v2.js'
import { apigwWebsocket } from './apigw-websocket.js'
import { authorizerRequest } from './authorizer-request.js'
import { authorizerToken } from './authorizer-token.js'
import { cfnCustomResource } from './cfn-custom-resource.js'
import { cloudwatchLogs } from './cloudwatch-logs.js'
import { cognito } from './cognito.js'
import { constantInput } from './constant-input.js'
import { direct } from './direct.js'
import { dynamodbStream } from './dynamodb-stream.js'
import { eventbridge } from './eventbridge.js'
import { firehose } from './firehose.js'
import { functionUrl } from './function-url.js'
import { kafka } from './kafka.js'
import { kinesis } from './kinesis.js'
import { s3 } from './s3.js'
import { s3Eventbridge } from './s3-eventbridge.js'
import { ses } from './ses.js'
import { sns } from './sns.js'
import { sqs } from './sqs.js'

export { SLOT } from '../model/index.js'
export { ODD_HEADERS, USUAL_FIELDS } from './usual-fields.js'

/** Every event source, in the order in which they are listed to people. */
export const sources: readonly EventSource[] = [
  apigwV1,
  apigwV2,
  s3,
  sqs,
  dynamodbStream,
  authorizerToken,
  authorizerRequest,
  functionUrl,
  alb,
  apigwWebsocket,
  sns,
  kinesis,
  eventbridge,
  s3Eventbridge,
  kafka,
  firehose,
  cloudwatchLogs,
  ses,
  cognito,
  cfnCustomResource,
  direct,
]

/** A source by its id; under a trigger that gives the function a constant instead of the event, that constant. */
export function sourceOf(id: SourceId, { input }: Trigger = {}): EventSource {
  const found = sources.find((source) => source.id === id)
  if (found === undefined) throw new ConfigError(`There is no event source '${id}'`)
  return input === undefined ? found : constantInput(found, input)
}
