import type { JsonObject } from '../../model/index.js'
import type { Operation, ServiceModel } from '../models/model.js'

/** How a request, and so its answer, is written. */
export type Protocol = 'json' | 'query' | 'ec2' | 'rest-json' | 'rest-xml' | 'cbor' | 'unknown'

/** One AWS request in the API's own words. */
export interface Decoded {
  /** Signing name, which is also the endpoint prefix for nearly all services. */
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly protocol: Protocol
  /** Parameters as they came, typed: blobs inside a document are base64. */
  readonly params: JsonObject
  /** The same for people and oracles: blobs that hold text are that text. */
  readonly shown: JsonObject
  /** The payload proper (an S3 object); for other services the whole body. */
  readonly bytes: Buffer
  /** What is wrong with the body, in one sentence; null when it could be read. */
  readonly problem: string | null
  /** The service, when it is one we have a model of. */
  readonly model?: ServiceModel | undefined
  /** The operation, when that service has it. */
  readonly api?: Operation | undefined
}

/** What a decoder of one protocol finds out; the scope (service and region) is known before. */
export type DecodedBody = Omit<Decoded, 'service' | 'region' | 'shown'>
