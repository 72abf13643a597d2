// Made by scripts/build-event-types.mjs of schemas/events/s3-eventbridge.schema.json
/** Amazon S3 through Amazon EventBridge */
export type S3EventbridgeEvent = {
  version: string
  id: string
  'detail-type': 'Object Created' | 'Object Deleted' | 'Object Restore Initiated' | 'Object Restore Completed' | 'Object Restore Expired' | 'Object Tags Added' | 'Object Tags Deleted' | 'Object ACL Updated' | 'Object Storage Class Changed' | 'Object Access Tier Changed'
  source: 'aws.s3'
  account: string
  time: string
  region: string
  /** Chosen by the producer. */ resources: string[]
  detail: {
    version: string
    bucket: { name: string }
    object: {
      /** Chosen by the producer. */ key: string
      /** Chosen by the producer. */ size?: number
      etag?: string
      'version-id'?: string
      sequencer: string
    }
    'request-id': string
    requester: string
    'source-ip-address': string
    reason: string
    'deletion-type'?: 'Permanently Deleted' | 'Delete Marker Created'
    /** Not in generated events: restored objects only. */ 'restore-expiry-time'?: string
    /** Not in generated events: archived objects only. */ 'source-storage-class'?: string
    /** Not in generated events: archived objects only. */ 'destination-storage-class'?: string
    /** Not in generated events: archived objects only. */ 'destination-access-tier'?: string
  }
  /** Not in generated events: replays of an archive only. */ 'replay-name'?: string
}
