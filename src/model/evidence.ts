import type { Stage, Surface } from './case.js'
import type { SourceLocation } from './effect.js'
import type { JsonObject } from './json.js'

/** One AWS request as the sidecar understood it. `n` is the execution whose context header it carried, null when it carried none. */
export interface AwsCall {
  readonly n: number | null
  /** The execution that was in flight when a connection older than it was written to: likely, not sure. */
  readonly near?: number
  /** Endpoint prefix in lower case: `dynamodb`, `s3`, `sqs`, `sns`, `ses`; `unknown` when it cannot be told. */
  readonly service: string
  /** The API's own name: `GetItem`; `unknown` when it cannot be told. */
  readonly operation: string
  readonly region: string
  /** Decoded request parameters, in the API's own names. Bodies are given as text, cut at 16 KiB. */
  readonly params: JsonObject
  /** Resource ARNs the call names, account and region filled in. */
  readonly resources: readonly string[]
  readonly via: 'request' | 'presign' | 'token'
  readonly outcome: 'ok' | 'denied' | 'error'
  readonly answeredBy: 'stub' | 'fixture' | 'forward' | 'aws'
  /** The answer holds values we made up (not a fixture, not read back from a put). */
  readonly invented: boolean
  /** The user's line, when the context header carried it. */
  readonly location: SourceLocation | null
  readonly frames: readonly SourceLocation[]
  /** Number of an earlier call of the same `amz-sdk-invocation-id`, for SDK retries. */
  readonly retryOf: number | null
  /** Number of this call in its sidecar, from 1. */
  readonly call: number
}

/** One line of evidence.jsonl (schemas/evidence.schema.json). */
export interface Evidence {
  readonly v: 1
  readonly target: string
  readonly caseId: string | null
  readonly stage: Stage | null
  readonly surface: Surface | null
  /** True for a benign control run of a hostile case. */
  readonly control: boolean
  /** The case was a random valid event, which nothing learnt steered. */
  readonly unguided?: true
  readonly service: string
  readonly operation: string
  readonly region: string
  readonly params: JsonObject
  readonly resources: readonly string[]
  /** Pointers into `params` whose value carries event data. */
  readonly eventControlled: readonly string[]
  readonly via: AwsCall['via']
  readonly outcome: AwsCall['outcome']
  readonly answeredBy: AwsCall['answeredBy']
  readonly location: SourceLocation | null
  readonly retryOf: number | null
}
