// Made by scripts/build-event-types.mjs of schemas/events/authorizer-request.schema.json
import type { Json } from '../../model/index.js'

/** API Gateway Lambda authorizer, REQUEST */
export type AuthorizerRequestEvent = {
  type: 'REQUEST'
  /** Not in generated events: not in events of this kind. */ version?: '1.0'
  methodArn: string
  /** Chosen by the sender. Not in generated events: not in events of this kind. */ identitySource?: string | null
  /** Chosen by the sender. Not in generated events: only when an HTTP API asks with format 1.0. */ authorizationToken?: string | null
  resource: string
  /** Chosen by the sender. */ path: string
  /** Chosen by the sender. */ httpMethod: string
  /** Chosen by the sender. */ headers: { [name: string]: string }
  /** Chosen by the sender. */ multiValueHeaders: { [name: string]: string[] }
  /** Chosen by the sender. */ queryStringParameters: { [name: string]: string }
  /** Chosen by the sender. */ multiValueQueryStringParameters: { [name: string]: string[] }
  /** Chosen by the sender. */ pathParameters: { [name: string]: string }
  stageVariables: { [name: string]: string }
  requestContext: {
    path: string
    accountId: string
    resourceId: string
    stage: string
    requestId: string
    extendedRequestId: string
    identity: {
      sourceIp: string
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
      /** Not in generated events: private APIs only. */ vpcId?: string | null
      /** Not in generated events: private APIs only. */ vpceId?: string | null
      /** Chosen by the sender. */ userAgent?: string | null
      /** Not in generated events: mutual TLS only. */ clientCert?: null | {
        clientCertPem: string
        subjectDN: string
        issuerDN: string
        serialNumber: string
        validity: { notBefore: string; notAfter: string }
      }
    }
    resourcePath: string
    httpMethod: string
    apiId: string
    requestTime: string
    requestTimeEpoch: number
    protocol: string
    domainName: string
    domainPrefix: string
    deploymentId: string
    /** Not in generated events: only when the API definition names its operations. */ operationName?: string | null
    /** Not in generated events: custom domain names only. */ customDomain?: { [name: string]: Json } | null
  }
} | {
  version: '2.0'
  type: 'REQUEST'
  routeArn: string
  /** Chosen by the sender. */ identitySource?: null | string[]
  routeKey: string
  /** Chosen by the sender. */ rawPath: string
  /** Chosen by the sender. */ rawQueryString: string
  /** Chosen by the sender. */ cookies?: string[]
  /** Chosen by the sender. */ headers: { [name: string]: string }
  /** Chosen by the sender. */ queryStringParameters?: { [name: string]: string }
  requestContext: {
    accountId: string
    apiId: string
    /** Not in generated events: mutual TLS only. */ authentication?: null | {
      /** Not in generated events: mutual TLS only. */ clientCert: null | {
        clientCertPem: string
        subjectDN: string
        issuerDN: string
        serialNumber: string
        validity: { notBefore: string; notAfter: string }
      }
    }
    domainName: string
    domainPrefix: string
    http: {
      /** Chosen by the sender. */ method: string
      /** Chosen by the sender. */ path: string
      protocol: string
      sourceIp: string
      /** Chosen by the sender. */ userAgent: string
    }
    requestId: string
    routeKey: string
    stage: string
    time: string
    timeEpoch: number
  }
  /** Chosen by the sender. */ pathParameters?: { [name: string]: string }
  stageVariables?: { [name: string]: string }
} | {
  type: 'REQUEST'
  methodArn: string
  /** Chosen by the sender. */ headers: { [name: string]: string }
  /** Chosen by the sender. */ multiValueHeaders?: { [name: string]: string[] }
  /** Chosen by the sender. */ queryStringParameters?: null | { [name: string]: string }
  /** Chosen by the sender. */ multiValueQueryStringParameters?: null | { [name: string]: string[] }
  stageVariables?: null | { [name: string]: string }
  requestContext: {
    routeKey: string
    eventType: 'CONNECT'
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
}
