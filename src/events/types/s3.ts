// Made by scripts/build-event-types.mjs of schemas/events/s3.schema.json
/** Amazon S3 event notification */
export type S3Event = {
  Records: {
    eventVersion: string
    eventSource: 'aws:s3'
    awsRegion: string
    eventTime: string
    eventName: string
    userIdentity: { principalId: string }
    requestParameters: { sourceIPAddress: string }
    responseElements: { 'x-amz-request-id': string; 'x-amz-id-2': string }
    s3: {
      s3SchemaVersion: string
      configurationId: string
      bucket: { name: string; ownerIdentity: { principalId: string }; arn: string }
      object: {
        /** Chosen by the producer. */ key: string
        /** Chosen by the producer. */ size?: number
        eTag?: string
        versionId?: string
        sequencer: string
      }
    }
    /** Not in generated events: restore events only. */ glacierEventData?: {
      restoreEventData: {
        lifecycleRestorationExpiryTime: string
        lifecycleRestoreStorageClass: string
      }
    }
    /** Not in generated events: replication events only. */ replicationEventData?: {
      replicationRuleId: string
      destinationBucket: string
      s3Operation: string
      requestTime: string
      failureReason?: string
      threshold?: string
      replicationTime?: string
    }
    /** Not in generated events: archived objects only. */ intelligentTieringEventData?: { destinationAccessTier: string }
    /** Not in generated events: lifecycle transitions only. */ lifecycleEventData?: { transitionEventData: { destinationStorageClass: string } }
  }[]
}
