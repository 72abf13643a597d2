import type { Json } from './json.js'

/** Source ids; also the names of their files and schemas. */
export const SOURCE_IDS = ['apigw-v1', 'apigw-v2', 's3', 'sqs', 'dynamodb-stream', 'authorizer-token'] as const
export type SourceId = (typeof SOURCE_IDS)[number]

/** What the event must be like: from honest to broken. */
export const STAGES = ['valid', 'boundary', 'hostile'] as const
export type Stage = (typeof STAGES)[number] | 'sequence'

/** delivered: an attacker can send it through the service. direct: only whoever may call lambda:InvokeFunction. */
export type Surface = 'delivered' | 'direct'

/** Who controls a field: a remote attacker, somebody with limited write, the AWS service, the owner's configuration. */
export type Control = 'attacker' | 'producer' | 'service' | 'owner'

/** How a wire value is carried into the event. */
export type Encoding = 's3-key-url' | 'url-path' | 'url-query' | 'header' | 'base64' | 'json-string' | 'form'

/** What the trigger does with the handler's answer, and so what shape it must have. */
export type ResponseContract = 'proxy-v1' | 'proxy-v2' | 'batch' | 'authorizer' | 'async'

/** A leaf of the wire input where attacker data can stand, and where `toEvent` copies it to (the first is reported, the rest are aliases). */
export interface InsertionPoint {
  readonly wire: string
  readonly control: Control
  readonly encodings: readonly Encoding[]
  readonly pointers: readonly string[]
}

/** A unique marker at an insertion point. */
export interface PlantedCanary {
  readonly canary: string
  readonly point: InsertionPoint
}

/** The payload of a hostile case: `text` is what stands in the leaf; the region HEAD..TAIL is what must stay inside its token. */
export interface Injection {
  readonly family: string
  readonly payload: string
  readonly point: InsertionPoint
  readonly head: string
  readonly tail: string
  readonly text: Json
  /** Benign text of the same shape: must not fire. */
  readonly control: Json
  /** Rules this payload can prove. */
  readonly rules: readonly string[]
}

export interface Step {
  /** The event as JSON text. */
  readonly text: string
  /** False: a fresh process is wanted before this step. */
  readonly warm: boolean
}

export type CaseId = string & { readonly __brand: 'CaseId' }

/** One thing to try. */
export interface Case {
  readonly id: CaseId
  readonly source: SourceId
  readonly contract: ResponseContract
  readonly surface: Surface
  readonly stage: Stage
  readonly steps: readonly Step[]
  /** The wire input of the deciding (last) step; null on the direct surface. */
  readonly wire: Json
  readonly canaries: readonly PlantedCanary[]
  readonly injection: Injection | null
  /** How it was made, for people: `sql-injection/quote-or at /Records/0/body#json/id`. */
  readonly labels: readonly string[]
}
