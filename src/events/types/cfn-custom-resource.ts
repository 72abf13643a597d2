// Made by scripts/build-event-types.mjs of schemas/events/cfn-custom-resource.schema.json
/** AWS CloudFormation custom resource */
export type CfnCustomResourceEvent = {
  RequestType: 'Create'
  ServiceToken: string
  ResponseURL: string
  StackId: string
  RequestId: string
  /** Chosen by the producer. */ LogicalResourceId: string
  /** Chosen by the producer. */ ResourceType: string
  /** Chosen by the producer. */ ResourceProperties: { ServiceToken: string }
} | {
  RequestType: 'Update'
  ServiceToken: string
  ResponseURL: string
  StackId: string
  RequestId: string
  /** Chosen by the producer. */ LogicalResourceId: string
  /** Chosen by the producer. */ ResourceType: string
  /** Chosen by the producer. */ ResourceProperties: { ServiceToken: string }
  PhysicalResourceId: string
  /** Chosen by the producer. */ OldResourceProperties: { ServiceToken: string }
} | {
  RequestType: 'Delete'
  ServiceToken: string
  ResponseURL: string
  StackId: string
  RequestId: string
  /** Chosen by the producer. */ LogicalResourceId: string
  /** Chosen by the producer. */ ResourceType: string
  /** Chosen by the producer. */ ResourceProperties: { ServiceToken: string }
  PhysicalResourceId: string
}
