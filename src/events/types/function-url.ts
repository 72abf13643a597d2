// Made by scripts/build-event-types.mjs of schemas/events/function-url.schema.json
/** AWS Lambda function URL */
export type FunctionUrlEvent = {
  version: '2.0'
  routeKey: string
  /** Chosen by the sender. */ rawPath: string
  /** Chosen by the sender. */ rawQueryString: string
  cookies?: null | string[]
  /** Chosen by the sender. */ headers: { [name: string]: string }
  /** Chosen by the sender. */ queryStringParameters?: null | { [name: string]: string }
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
    /** Not in generated events: only where the URL asks for IAM credentials. */ authorizer?: null | {
      iam?: null | {
        accessKey: string
        accountId: string
        callerId: string
        cognitoIdentity?: null | { amr: string[]; identityId: string; identityPoolId: string }
        principalOrgId?: string | null
        userArn: string
        userId: string
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
  /** Not in generated events: a URL has no routes. */ pathParameters?: null | { [name: string]: string }
  /** Not in generated events: a URL has no stages. */ stageVariables?: null | { [name: string]: string }
  /** Chosen by the sender. */ body?: string | null
  isBase64Encoded: boolean
}
