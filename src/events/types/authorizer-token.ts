// Made by scripts/build-event-types.mjs of schemas/events/authorizer-token.schema.json
/** API Gateway Lambda authorizer, TOKEN */
export type AuthorizerTokenEvent = {
  type: 'TOKEN'
  /** Chosen by the sender. */ authorizationToken: string
  /** Chosen by the sender. */ methodArn: string
}
