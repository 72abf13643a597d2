// Made by scripts/build-event-types.mjs of schemas/events/ses.schema.json
/** Amazon SES receiving */
export type SesEvent = {
  Records: ({
    eventSource: 'aws:ses'
    eventVersion: string
    ses: {
      mail: {
        timestamp: string
        /** Chosen by the sender. */ source: string
        messageId: string
        /** Chosen by the sender. */ destination: string[]
        headersTruncated: boolean
        /** Chosen by the sender. */ headers: { name: string; value: string }[]
        commonHeaders: {
          /** Chosen by the sender. */ returnPath: string
          /** Chosen by the sender. */ from: string[]
          /** Chosen by the sender. */ date: string
          /** Chosen by the sender. */ to: string[]
          /** Chosen by the sender. */ cc?: string[]
          /** Chosen by the sender. Not in generated events: hardly any client sends it. */ bcc?: string[]
          /** Chosen by the sender. Not in generated events: mails of a list only. */ sender?: string
          /** Chosen by the sender. */ replyTo?: string[]
          /** Chosen by the sender. */ messageId: string
          /** Chosen by the sender. */ subject?: string
        }
      }
      receipt: {
        timestamp: string
        processingTimeMillis: number
        /** Chosen by the sender. */ recipients: string[]
        spamVerdict: { status: 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED' }
        virusVerdict: { status: 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED' }
        spfVerdict: { status: 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED' }
        dkimVerdict: { status: 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED' }
        dmarcVerdict: { status: 'PASS' | 'FAIL' | 'GRAY' | 'PROCESSING_FAILED' | 'DISABLED' }
        dmarcPolicy?: 'none' | 'quarantine' | 'reject'
        action: {
          type: 'Lambda'
          functionArn: string
          invocationType: 'Event' | 'RequestResponse'
          /** Not in generated events: only where the rule also tells a topic. */ topicArn?: string
        }
      }
    }
  })[]
}
