// Made by scripts/build-event-types.mjs of schemas/events/alb.schema.json
/** Application Load Balancer, Lambda target */
export type AlbEvent = {
  requestContext: { elb: { targetGroupArn: string } }
  /** Chosen by the sender. */ httpMethod: string
  /** Chosen by the sender. */ path: string
  /** Chosen by the sender. */ queryStringParameters?: { [name: string]: string }
  /** Chosen by the sender. */ multiValueQueryStringParameters?: { [name: string]: string[] }
  /** Chosen by the sender. */ headers?: { [name: string]: string }
  /** Chosen by the sender. */ multiValueHeaders?: { [name: string]: string[] }
  /** Chosen by the sender. */ body: string
  isBase64Encoded: boolean
}
