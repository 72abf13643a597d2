import type { JsonObject } from '../../model/index.js'

/** How a request, and so its answer, is written. */
export type Protocol = 'json' | 'query' | 'rest-json' | 'rest-xml' | 'cbor' | 'unknown'

/** One AWS request in the API's own words. */
export interface Decoded {
  /** Signing name, which is also the endpoint prefix for nearly all services. */
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly protocol: Protocol
  readonly params: JsonObject
  /** The payload proper (an S3 object); for other services the whole body. */
  readonly bytes: Buffer
  /** What is wrong with the body, in one sentence; null when it could be read. */
  readonly problem: string | null
}

/** What a decoder of one protocol finds out; the scope (service and region) is known before. */
export type DecodedBody = Pick<Decoded, 'operation' | 'protocol' | 'params' | 'bytes' | 'problem'>
