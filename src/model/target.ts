import type { SourceId } from './case.js'
import type { Json, JsonObject } from './json.js'

/** What a fuzz run attacks: a function, its triggers, its role and its settings. */
export interface Target {
  readonly id: string
  /** Absolute path of the source file. */
  readonly file: string
  readonly export: string
  /** Absolute path of the directory that Lambda would see as its task root. */
  readonly root: string
  /** nodejs20.x and the like. */
  readonly runtime: string
  readonly sources: readonly SourceId[]
  /** What the template would say about each source; empty when unknown. */
  readonly triggers: Readonly<Partial<Record<SourceId, Trigger>>>
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly memoryMb: number
  readonly role: Role | null
  readonly fixtures: readonly AwsFixture[]
}

/** Owner's configuration of one source. */
export interface Trigger {
  /** HTTP routes that reach the function, such as `GET /orders/{id}`. */
  readonly routes?: readonly string[]
  /** Queue, bucket, table or stream name. */
  readonly resource?: string
  readonly reportBatchItemFailures?: boolean
  /** Largest number of records in one event. */
  readonly batchSize?: number
  readonly streamViewType?: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES'
  /** DynamoDB streams: key attributes of the table, name to type (S, N, B). */
  readonly keys?: Readonly<Record<string, 'S' | 'N' | 'B'>>
}

export interface Role {
  readonly name: string
  readonly policies: readonly NamedPolicy[]
}

export interface NamedPolicy {
  /** File or policy name, for people. */
  readonly name: string
  readonly document: Json
}

/** An AWS answer given by the user: the first fixture whose `when` is contained in the parameters wins. */
export interface AwsFixture {
  readonly service: string
  readonly operation: string
  readonly when?: JsonObject
  readonly answer?: JsonObject
  readonly error?: { readonly code: string; readonly message?: string; readonly status?: number }
}
