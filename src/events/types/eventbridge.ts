// Made by scripts/build-event-types.mjs of schemas/events/eventbridge.schema.json
import type { Json } from '../../model/index.js'

/** Amazon EventBridge rule */
export type EventbridgeEvent = {
  version: string
  id: string
  /** Chosen by the producer. */ 'detail-type': string
  /** Chosen by the producer. */ source: string
  account: string
  time: string
  region: string
  /** Chosen by the producer. */ resources: string[]
  /** Chosen by the producer. */ detail: { [name: string]: Json } | '{}'
  /** Not in generated events: replays of an archive only. */ 'replay-name'?: string
}
