// Made by scripts/build-event-types.mjs of schemas/events/apigw-v1.schema.json
import type { Json } from '../../model/index.js'

/** API Gateway REST API, Lambda proxy integration (payload format 1.0) */
export type ApigwV1Event = {
  /** Not in generated events: only when an HTTP API sends format 1.0. */ version?: '1.0'
  resource: string
  /** Chosen by the sender. */ path: string
  /** Chosen by the sender. */ httpMethod: string
  /** Chosen by the sender. */ headers: { [name: string]: string }
  /** Chosen by the sender. */ multiValueHeaders: { [name: string]: string[] }
  /** Chosen by the sender. */ queryStringParameters: null | { [name: string]: string }
  /** Chosen by the sender. */ multiValueQueryStringParameters: null | { [name: string]: string[] }
  /** Chosen by the sender. */ pathParameters?: null | { [name: string]: string }
  stageVariables?: null | { [name: string]: string }
  /** Chosen by the sender. */ body: string | null
  isBase64Encoded: boolean
  requestContext: {
    resourceId: string
    resourcePath: string
    httpMethod: string
    extendedRequestId: string
    requestTime: string
    requestTimeEpoch: number
    path: string
    accountId: string
    protocol: string
    stage: string
    domainPrefix: string
    domainName: string
    deploymentId: string
    requestId: string
    apiId: string
    /** Not in generated events: only when the API definition names its operations. */ operationName?: string
    /** Not in generated events: WebSocket APIs only. */ connectionId?: string
    authorizer?: null | { [name: string]: Json }
    identity: {
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoIdentityPoolId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ accountId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoIdentityId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ caller?: string | null
      sourceIp: string
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ principalOrgId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ accessKey?: string | null
      /** Not in generated events: only when the route asks for an API key. */ apiKey?: string | null
      /** Not in generated events: only when the route asks for an API key. */ apiKeyId?: string | null
      /** Not in generated events: private APIs only. */ vpceId?: string | null
      /** Not in generated events: private APIs only. */ vpcId?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoAuthenticationType?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ cognitoAuthenticationProvider?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ userArn?: string | null
      /** Chosen by the sender. */ userAgent?: string | null
      /** Not in generated events: null unless the route asks for IAM or Cognito credentials. */ user?: string | null
      /** Not in generated events: mutual TLS only. */ clientCert?: null | {
        clientCertPem: string
        subjectDN: string
        issuerDN: string
        serialNumber: string
        validity: { notBefore: string; notAfter: string }
      }
    }
  }
}
