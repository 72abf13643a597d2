// Made by scripts/build-event-types.mjs of schemas/events/apigw-websocket.schema.json
import type { Json } from '../../model/index.js'

/** API Gateway WebSocket API */
export type ApigwWebsocketEvent = {
  requestContext: {
    routeKey: string
    eventType: 'CONNECT'
    authorizer?: { [name: string]: Json } | null
    extendedRequestId: string
    requestTime: string
    messageDirection: 'IN'
    stage: string
    connectedAt: number
    requestTimeEpoch: number
    identity: {
      sourceIp: string
      /** Chosen by the sender. */ userAgent?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ accessKey?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ accountId?: string | null
      /** Not in generated events: only when the route asks for an API key. */ apiKey?: string | null
      /** Not in generated events: only when the route asks for an API key. */ apiKeyId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ caller?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoAuthenticationProvider?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoAuthenticationType?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoIdentityId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoIdentityPoolId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ principalOrgId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ user?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ userArn?: string | null
    }
    requestId: string
    domainName: string
    connectionId: string
    apiId: string
    /** Not in generated events: only in access logs and the test console. */ status?: string | null
    /** Not in generated events: only when something went wrong before. */ error?: string
    /** Not in generated events: only when the API definition names its operations. */ operationName?: string | null
  }
  isBase64Encoded: boolean
  /** Not in generated events: only on stages with variables. */ stageVariables?: null | { [name: string]: string }
  /** Chosen by the sender. */ headers: { [name: string]: string }
  /** Chosen by the sender. */ multiValueHeaders: { [name: string]: string[] }
  /** Chosen by the sender. */ queryStringParameters?: null | { [name: string]: string }
  /** Chosen by the sender. */ multiValueQueryStringParameters?: null | { [name: string]: string[] }
  /** Not in generated events: not in events of this kind. */ body?: string | null
} | {
  requestContext: {
    routeKey: string
    eventType: 'MESSAGE'
    messageId: string
    authorizer?: { [name: string]: Json } | null
    extendedRequestId: string
    requestTime: string
    messageDirection: 'IN'
    stage: string
    connectedAt: number
    requestTimeEpoch: number
    identity: {
      sourceIp: string
      /** Chosen by the sender. Not in generated events: not in events of this kind. */ userAgent?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ accessKey?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ accountId?: string | null
      /** Not in generated events: only when the route asks for an API key. */ apiKey?: string | null
      /** Not in generated events: only when the route asks for an API key. */ apiKeyId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ caller?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoAuthenticationProvider?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoAuthenticationType?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoIdentityId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoIdentityPoolId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ principalOrgId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ user?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ userArn?: string | null
    }
    requestId: string
    domainName: string
    connectionId: string
    apiId: string
    /** Not in generated events: only in access logs and the test console. */ status?: string | null
    /** Not in generated events: only when something went wrong before. */ error?: string
    /** Not in generated events: only when the API definition names its operations. */ operationName?: string | null
  }
  isBase64Encoded: boolean
  /** Not in generated events: only on stages with variables. */ stageVariables?: null | { [name: string]: string }
  /** Chosen by the sender. */ body: string
} | {
  requestContext: {
    routeKey: string
    eventType: 'DISCONNECT'
    /** Chosen by the sender. */ disconnectStatusCode: number
    /** Chosen by the sender. */ disconnectReason: string
    authorizer?: { [name: string]: Json } | null
    extendedRequestId: string
    requestTime: string
    messageDirection: 'IN'
    stage: string
    connectedAt: number
    requestTimeEpoch: number
    identity: {
      sourceIp: string
      /** Chosen by the sender. Not in generated events: not in events of this kind. */ userAgent?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ accessKey?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ accountId?: string | null
      /** Not in generated events: only when the route asks for an API key. */ apiKey?: string | null
      /** Not in generated events: only when the route asks for an API key. */ apiKeyId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ caller?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoAuthenticationProvider?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoAuthenticationType?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoIdentityId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoIdentityPoolId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ principalOrgId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ user?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ userArn?: string | null
    }
    requestId: string
    domainName: string
    connectionId: string
    apiId: string
    /** Not in generated events: only in access logs and the test console. */ status?: string | null
    /** Not in generated events: only when something went wrong before. */ error?: string
    /** Not in generated events: only when the API definition names its operations. */ operationName?: string | null
  }
  isBase64Encoded: boolean
  /** Not in generated events: only on stages with variables. */ stageVariables?: null | { [name: string]: string }
  /** Chosen by the sender. */ headers: { [name: string]: string }
  /** Chosen by the sender. */ multiValueHeaders: { [name: string]: string[] }
  /** Not in generated events: not in events of this kind. */ body?: string | null
}
