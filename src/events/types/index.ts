// Made by scripts/build-event-types.mjs
import type { AlbEvent } from './alb.js'
import type { ApigwV1Event } from './apigw-v1.js'
import type { ApigwV2Event } from './apigw-v2.js'
import type { ApigwWebsocketEvent } from './apigw-websocket.js'
import type { AuthorizerRequestEvent } from './authorizer-request.js'
import type { AuthorizerTokenEvent } from './authorizer-token.js'
import type { CfnCustomResourceEvent } from './cfn-custom-resource.js'
import type { CloudwatchLogsEvent } from './cloudwatch-logs.js'
import type { CognitoEvent } from './cognito.js'
import type { DirectEvent } from './direct.js'
import type { DynamodbStreamEvent } from './dynamodb-stream.js'
import type { EventbridgeEvent } from './eventbridge.js'
import type { FirehoseEvent } from './firehose.js'
import type { FunctionUrlEvent } from './function-url.js'
import type { KafkaEvent } from './kafka.js'
import type { KinesisEvent } from './kinesis.js'
import type { S3Event } from './s3.js'
import type { S3EventbridgeEvent } from './s3-eventbridge.js'
import type { SesEvent } from './ses.js'
import type { SnsEvent } from './sns.js'
import type { SqsEvent } from './sqs.js'

export type { AlbEvent }
export type { ApigwV1Event }
export type { ApigwV2Event }
export type { ApigwWebsocketEvent }
export type { AuthorizerRequestEvent }
export type { AuthorizerTokenEvent }
export type { CfnCustomResourceEvent }
export type { CloudwatchLogsEvent }
export type { CognitoEvent }
export type { DirectEvent }
export type { DynamodbStreamEvent }
export type { EventbridgeEvent }
export type { FirehoseEvent }
export type { FunctionUrlEvent }
export type { KafkaEvent }
export type { KinesisEvent }
export type { S3Event }
export type { S3EventbridgeEvent }
export type { SesEvent }
export type { SnsEvent }
export type { SqsEvent }

/** The event of each source. */
export interface EventTypes {
  alb: AlbEvent
  'apigw-v1': ApigwV1Event
  'apigw-v2': ApigwV2Event
  'apigw-websocket': ApigwWebsocketEvent
  'authorizer-request': AuthorizerRequestEvent
  'authorizer-token': AuthorizerTokenEvent
  'cfn-custom-resource': CfnCustomResourceEvent
  'cloudwatch-logs': CloudwatchLogsEvent
  cognito: CognitoEvent
  direct: DirectEvent
  'dynamodb-stream': DynamodbStreamEvent
  eventbridge: EventbridgeEvent
  firehose: FirehoseEvent
  'function-url': FunctionUrlEvent
  kafka: KafkaEvent
  kinesis: KinesisEvent
  s3: S3Event
  's3-eventbridge': S3EventbridgeEvent
  ses: SesEvent
  sns: SnsEvent
  sqs: SqsEvent
}
