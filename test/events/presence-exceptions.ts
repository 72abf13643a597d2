import type { SourceId } from '#src/model/index.js'

const IDENTITY = [
  'cognitoIdentityPoolId',
  'accountId',
  'cognitoIdentityId',
  'caller',
  'principalOrgId',
  'accessKey',
  'cognitoAuthenticationType',
  'cognitoAuthenticationProvider',
  'userArn',
  'user',
]
const named = (pointers: readonly string[], reason: string) => Object.fromEntries(pointers.map((pointer) => [pointer, reason]))

/** Optional fields that our events never hold. */
export const NEVER: Readonly<Partial<Record<SourceId, Readonly<Record<string, string>>>>> = {
  'apigw-v1': {
    '/version': 'only when an HTTP API sends format 1.0',
    '/requestContext/operationName': 'only when the API definition names its operations',
    '/requestContext/connectionId': 'WebSocket APIs only',
    ...named(
      IDENTITY.map((name) => `/requestContext/identity/${name}`),
      'null unless the route asks for IAM or Cognito credentials',
    ),
    ...named(['/requestContext/identity/apiKey', '/requestContext/identity/apiKeyId'], 'only when the route asks for an API key'),
    ...named(['/requestContext/identity/vpceId', '/requestContext/identity/vpcId'], 'private APIs only'),
    '/requestContext/identity/clientCert': 'mutual TLS only',
  },
  'apigw-v2': {
    '/requestContext/authorizer/jwt/scopes': 'null unless the route asks for scopes',
    ...named(['/requestContext/authorizer/lambda', '/requestContext/authorizer/iam'], 'another kind of authoriser than ours'),
    '/requestContext/authentication': 'mutual TLS only',
  },
  s3: { '/Records/*/glacierEventData': 'restore events only' },
}

/** Optional (or nullable) fields that our events always hold, as the service does now: schemas allow for older events and for its test console. */
export const ALWAYS: Readonly<Partial<Record<SourceId, Readonly<Record<string, string>>>>> = {
  'apigw-v1': {
    ...named(['/headers', '/multiValueHeaders'], 'no request is without a host'),
    ...named(
      [
        'resourceId',
        'extendedRequestId',
        'requestTime',
        'requestTimeEpoch',
        'protocol',
        'domainPrefix',
        'domainName',
        'deploymentId',
      ].map((name) => `/requestContext/${name}`),
      'the service fills it in',
    ),
  },
  'apigw-v2': { '/requestContext/authorizer/jwt': 'the only kind of authoriser we model' },
  sqs: named(
    ['/Records/*/messageAttributes/*/stringListValues', '/Records/*/messageAttributes/*/binaryListValues'],
    'reserved: always an empty list',
  ),
  'dynamodb-stream': { '/Records/*/dynamodb/ApproximateCreationDateTime': 'the service fills it in' },
}
