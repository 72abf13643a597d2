import type { Json, JsonObject } from '../../model/index.js'
import type { Store } from '../store.js'

/** Account and region a call is made in. */
export interface Place {
  readonly region: string
  readonly account: string
}

/** One request to a service, decoded. */
export interface Ask {
  readonly operation: string
  readonly params: JsonObject
  readonly bytes: Buffer
  readonly place: Place
  readonly store: Store
}

/**
 * An answer in the API's own words, not yet written in its protocol. `invented`: it holds values of ours that a function
 * could take for the owner's data. Empty answers and opaque ids (MessageId, ETag, RequestId) are not.
 */
export type Answer =
  | { readonly kind: 'ok'; readonly value: JsonObject; readonly invented: boolean; readonly bytes?: Buffer }
  | {
      readonly kind: 'error'
      readonly code: string
      readonly message: string
      readonly status: number
      readonly extra?: JsonObject
    }

/** One AWS service as the sidecar plays it. */
export interface AwsService {
  /** Signing name. */
  readonly service: string
  /** By name; undefined when nothing is known of what is asked for: the models answer then, and what they say is invented. */
  readonly operations: Readonly<Record<string, (ask: Ask) => Answer | undefined>>
  /** ARNs of what the parameters name. */
  resources(operation: string, params: JsonObject, place: Place): readonly string[]
}

export const ok = (value: JsonObject = {}, invented = false): Answer => ({ kind: 'ok', value, invented })

export const refuse = (code: string, message: string, status = 400, extra: JsonObject = {}): Answer => ({
  kind: 'error',
  code,
  message,
  status,
  extra,
})

/** `arn:aws:service:region:account:rest`, in the region's partition. */
export function arn(service: string, { region, account }: Place, rest: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${rest}`
}

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

/** The parameter when it is a non-empty text. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The parameter as a list: what is no array counts as empty. */
export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])
