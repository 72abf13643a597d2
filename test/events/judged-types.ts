import type * as Lambda from 'aws-lambda'
import type { EventTypes } from '#src/events/types/index.js'
import type { Json } from '#src/model/index.js'

/** Compiles when a handler written for one type takes the other. */
type Takes<Theirs, Ours extends Theirs> = [Theirs, Ours]
/**
 * The same where the types of aws-lambda promise a field, or one that is not null, and the service does not: names and kinds agree.
 * `Differ` are fields that the types have in another kind than the service.
 */
type Names<Theirs, Ours extends Sure<Theirs, Differ>, Differ extends string = never> = [Theirs, Ours]
/** Every field there and not null, but those. */
type Full<T, But extends string = never> = Json extends T
  ? Record<string, never>
  : T extends readonly (infer Item)[]
    ? Full<Item, But>[]
    : T extends object
      ? { [K in keyof T as K extends But ? never : K]-?: Full<NonNullable<T[K]>, But> }
      : T

/** No field null, and those not there. */
type Sure<T, But extends string = never> = T extends readonly (infer Item)[]
  ? Sure<Item, But>[]
  : T extends object
    ? { [K in keyof T as K extends But ? never : K]: Sure<NonNullable<T[K]>, But> }
    : T

type E = EventTypes
type Socket<Kind> = Extract<E['apigw-websocket'], { requestContext: { eventType: Kind } }>
type Asked<Version> = Extract<E['authorizer-request'], { version: Version }>
/** Of the family of this trigger. */
type Pool<Trigger> = E['cognito'] extends infer Family
  ? Family extends { triggerSource: infer Own }
    ? Trigger extends Own
      ? string extends Own
        ? never
        : Family
      : never
    : never
  : never
type Kafka<Source> = Extract<E['kafka'], { eventSource: Source }>

/** Judged by the compiler. */
export type Judged = [
  Takes<Lambda.APIGatewayTokenAuthorizerEvent, E['authorizer-token']>,
  Takes<Lambda.ALBEvent, E['alb']>,
  Takes<Lambda.SQSEvent, E['sqs']>,
  Takes<Lambda.DynamoDBStreamEvent, E['dynamodb-stream']>,
  Takes<Lambda.KinesisStreamEvent, E['kinesis']>,
  Takes<Lambda.EventBridgeEvent<string, unknown>, E['eventbridge']>,
  Takes<Lambda.EventBridgeEvent<string, unknown>, E['s3-eventbridge']>,
  Takes<Lambda.CloudWatchLogsEvent, E['cloudwatch-logs']>,
  Takes<Lambda.CloudFormationCustomResourceEvent, E['cfn-custom-resource']>,
  // Formats of HTTP APIs leave out what they have not.
  Names<Lambda.APIGatewayProxyEvent, Full<E['apigw-v1']>>,
  // `authentication: null` without mutual TLS.
  Names<Lambda.APIGatewayProxyEventV2, Full<E['apigw-v2']>>,
  Names<Lambda.LambdaFunctionURLEvent, Full<E['function-url']>>,
  // Only messages have a messageId.
  Names<Lambda.APIGatewayProxyWebsocketEventV2, Full<Socket<'MESSAGE'>>>,
  Names<Lambda.APIGatewayRequestAuthorizerEvent, Full<Asked<'1.0'>>>,
  Names<Lambda.APIGatewayRequestAuthorizerEventV2, Full<Asked<'2.0'>>>,
  // A delete has no size.
  Names<Lambda.S3Event, Full<E['s3']>>,
  // `Subject: null` for most messages.
  Names<Lambda.SNSEvent, Full<E['sns']>>,
  // Records without a key or a value.
  Names<Lambda.MSKEvent, Full<Kafka<'aws:kafka'>, 'timestampType'>, 'timestampType'>,
  Names<Lambda.SelfManagedKafkaEvent, Full<Kafka<'SelfManagedKafka'>, 'timestampType'>, 'timestampType'>,
  Names<Lambda.FirehoseTransformationEvent, Full<E['firehose'], 'subsequenceNumber'>, 'subsequenceNumber'>,
  Names<Lambda.SESEvent, Full<E['ses'], 'sender'>, 'sender'>,
  // Maps may be null, sessions hold any challenge.
  Names<Lambda.PreSignUpTriggerEvent, Full<Pool<'PreSignUp_SignUp'>>, 'response' | 'triggerSource'>,
  Names<Lambda.PostConfirmationTriggerEvent, Full<Pool<'PostConfirmation_ConfirmSignUp'>>>,
  Names<Lambda.PreAuthenticationTriggerEvent, Full<Pool<'PreAuthentication_Authentication'>>>,
  Names<Lambda.PostAuthenticationTriggerEvent, Full<Pool<'PostAuthentication_Authentication'>>>,
  Names<
    Lambda.PreTokenGenerationTriggerEvent,
    Full<Pool<'TokenGeneration_Authentication'>>,
    'response' | 'scopes' | 'triggerSource'
  >,
  Names<Lambda.CustomMessageTriggerEvent, Full<Pool<'CustomMessage_SignUp'>>, 'triggerSource'>,
  Names<Lambda.DefineAuthChallengeTriggerEvent, Full<Pool<'DefineAuthChallenge_Authentication'>>, 'challengeName'>,
  Names<Lambda.CreateAuthChallengeTriggerEvent, Full<Pool<'CreateAuthChallenge_Authentication'>>, 'session'>,
  Names<Lambda.VerifyAuthChallengeResponseTriggerEvent, Full<Pool<'VerifyAuthChallengeResponse_Authentication'>>>,
  Names<Lambda.UserMigrationTriggerEvent, Full<Pool<'UserMigration_Authentication'>>, 'response' | 'triggerSource'>,
]
