// Made by scripts/build-event-types.mjs of schemas/events/apigw-v2.schema.json
import type { Json } from '../../model/index.js'

/** API Gateway HTTP API, payload format 2.0 */
export type ApigwV2Event = {
  version: '2.0'
  routeKey: string
  /** Chosen by the sender. */ rawPath: string
  /** Chosen by the sender. */ rawQueryString: string
  /** Chosen by the sender. */ cookies?: string[]
  /** Chosen by the sender. */ headers: { [name: string]: string }
  /** Chosen by the sender. */ queryStringParameters?: { [name: string]: string }
  /** Chosen by the sender. */ pathParameters?: { [name: string]: string }
  stageVariables?: { [name: string]: string }
  /** Chosen by the sender. */ body?: string
  isBase64Encoded: boolean
  requestContext: {
    accountId: string
    apiId: string
    domainName: string
    domainPrefix: string
    requestId: string
    routeKey: string
    stage: string
    time: string
    timeEpoch: number
    http: {
      /** Chosen by the sender. */ method: string
      /** Chosen by the sender. */ path: string
      protocol: string
      sourceIp: string
      /** Chosen by the sender. */ userAgent: string
    }
    authorizer?: {
      jwt: {
        claims: { [name: string]: string | number | boolean | Json[] | { [name: string]: Json } | null }
        /** Not in generated events: null unless the route asks for scopes. */ scopes: null | string[]
      }
      /** Not in generated events: another kind of authoriser than ours. */ lambda?: { [name: string]: Json } | null
      /** Not in generated events: another kind of authoriser than ours. */ iam?: null | {
        accessKey: string
        accountId: string
        callerId: string
        cognitoIdentity?: null | { amr: string[]; identityId: string; identityPoolId: string }
        principalOrgId?: string | null
        userArn: string
        userId: string
      }
    }
    /** Not in generated events: mutual TLS only. */ authentication?: null | {
      /** Not in generated events: mutual TLS only. */ clientCert: null | {
        clientCertPem: string
        subjectDN: string
        issuerDN: string
        serialNumber: string
        validity: { notBefore: string; notAfter: string }
      }
    }
  }
}
