import type { SourceId } from './case.js'
import type { Json, JsonObject } from './json.js'
import type { HttpFixture } from './web.js'

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
  /** Dead-letter queues and destinations, as ARNs or names. */
  readonly destinations?: readonly string[]
  readonly fixtures: readonly AwsFixture[]
  /** The user's answers for hosts that are none of AWS's. */
  readonly http?: readonly HttpFixture[]
  /** DynamoDB tables that the project makes: name to key attributes, the partition key first. */
  readonly tables?: Tables
  /** Absolute directories of layers, later ones over earlier ones: /opt of the function. */
  readonly layers?: readonly string[]
  /** Packages of node_modules whose comparisons are looked into as the function's own are. */
  readonly instrument?: readonly string[]
}

/** By name: key attributes alone, the partition key first, or all that a template says of a table. */
export type Tables = Readonly<Record<string, readonly string[] | TableSchema>>

/** Keys, types and indexes of a table: nothing else has to be learnt of it. */
export interface TableSchema {
  readonly keys: readonly string[]
  /** Key attributes of table and indexes, name to type. */
  readonly types: Readonly<Record<string, 'S' | 'N' | 'B'>>
  readonly indexes: Readonly<Record<string, TableIndex>>
}

export interface TableIndex {
  readonly keys: readonly string[]
  readonly global: boolean
  /** Attributes besides the keys. */
  readonly projected: 'ALL' | 'KEYS_ONLY' | readonly string[]
}

/** Owner's configuration of one source. Absent means: not known, so anything that the service could deliver. */
export interface Trigger {
  /** HTTP routes that reach the function, such as `GET /orders/{id}`; `ANY` for every method, `$default` for every path. */
  readonly routes?: readonly string[]
  /** Queue, bucket, table, stream or topic: the name, not an ARN. */
  readonly resource?: string
  readonly reportBatchItemFailures?: boolean
  /** Largest number of records in one event. */
  readonly batchSize?: number
  readonly streamViewType?: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES'
  /** DynamoDB streams: key attributes of the table, name to type (S, N, B). */
  readonly keys?: Readonly<Record<string, 'S' | 'N' | 'B'>>
  readonly fifo?: boolean
  /** FilterCriteria: patterns, of which one must match a record; the EventBridge rule's pattern. */
  readonly filters?: readonly JsonObject[]
  /** S3: event names such as `s3:ObjectCreated:*`. */
  readonly s3Events?: readonly string[]
  /** S3: what the key must begin and end with. */
  readonly keyPrefix?: string
  readonly keySuffix?: string
  /** API Gateway request validation, by route as in `routes`. */
  readonly validators?: Readonly<Record<string, RequestValidator>>
  /** Who lets requests in before the function sees them. */
  readonly authorizer?: 'none' | 'iam' | 'jwt' | 'cognito' | 'lambda-token' | 'lambda-request' | 'api-key'
  readonly binaryMediaTypes?: readonly string[]
  /** Load balancers: the target group asks for lists instead of single values. */
  readonly multiValueHeaders?: boolean
  /** Cognito: which triggers of the user pool, such as `PreSignUp`. */
  readonly cognitoTriggers?: readonly string[]
  /** Authorizers: the payload format that the API speaks with them. */
  readonly payloadFormat?: '1.0' | '2.0'
  /** EventBridge and schedules: the constant `Input` that the function gets instead of the event. */
  readonly input?: Json
}

/** What API Gateway itself refuses. */
export interface RequestValidator {
  /** Schema of an application/json body. */
  readonly body?: JsonObject
  /** Required parameters: `querystring.id`, `header.X-Tenant`. */
  readonly required?: readonly string[]
}

export interface Role {
  readonly name: string
  readonly policies: readonly NamedPolicy[]
  /** Attached policies whose text is not known, by ARN or name: they may grant anything. */
  readonly managed?: readonly string[]
  /** Its permissions boundary. */
  readonly boundary?: NamedPolicy
}

export interface NamedPolicy {
  /** File or policy name, for people. */
  readonly name: string
  readonly document: Json
  /** Where a template has it. */
  readonly at?: { readonly file: string; readonly line: number } | null
  /** Keys that stood twice in one object of its text: only the last is in the document. */
  readonly repeated?: readonly string[]
}

/** An AWS answer whose text an end user can have written: a case plants data in it. */
export interface PlantedAnswer {
  /** `dynamodb:GetItem orders`: unique within a case. */
  readonly label: string
  readonly service: string
  readonly operation: string
  /** Parameters that name the owner's resource. */
  readonly when: JsonObject
  /** The answer, `{{canary}}` where its writer's text stands. */
  readonly template: JsonObject
  /** JSON Schema with `x-control` and `x-encoding`. */
  readonly schema: JsonObject
  /** The call fails: in part (the template says so), or with the error. */
  readonly fault?: Fault
  readonly error?: AwsFixture['error']
  readonly times?: number
}

/**
 * How a call fails: a batch takes nothing, a permission is missing, another writer was first, the service asks to slow down, the
 * connection ends without an answer; a read does not show yet what was written; or the true answer takes a while.
 */
export type Fault = 'partial' | 'denied' | 'conflict' | 'throttled' | 'cut' | 'stale' | 'late'

/** At-least-once delivery: the event comes again, because it failed by the fault, while reads are stale, or for no reason of the function's. */
export type Delivery = 'after-fault' | 'stale' | 'again'

/** An AWS answer given by the user: the first fixture whose `when` is contained in the parameters wins. */
export interface AwsFixture {
  readonly service: string
  readonly operation: string
  readonly when?: JsonObject
  readonly answer?: JsonObject
  /** Put there by a case, to see what the function makes of it. */
  readonly fault?: Fault
  /** How many calls it answers; all when absent. */
  readonly times?: number
  /** `cut`: the connection ends instead. */
  readonly error?: { readonly code: string; readonly message?: string; readonly status?: number; readonly cut?: boolean }
}
