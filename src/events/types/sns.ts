// Made by scripts/build-event-types.mjs of schemas/events/sns.schema.json
/** Amazon SNS subscription */
export type SnsEvent = {
  Records: ({
    EventSource: 'aws:sns'
    EventVersion: string
    EventSubscriptionArn: string
    Sns: {
      Type: 'Notification'
      MessageId: string
      TopicArn: string
      /** Chosen by the producer. */ Subject?: string | null
      /** Chosen by the producer. */ Message: string
      Timestamp: string
      SignatureVersion: string
      Signature: string
      SigningCertUrl: string
      UnsubscribeUrl: string
      /** Chosen by the producer. */ MessageAttributes: { [name: string]: { Type: string; Value: string } }
    }
  })[]
}
