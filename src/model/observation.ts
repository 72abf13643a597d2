import type { Effect } from './effect.js'
import type { AwsCall } from './evidence.js'
import type { JsonObject } from './json.js'
import type { WebCall } from './web.js'

/** How an invocation ended. Everything here is the target's doing, never an exception of ours. */
export type Outcome =
  /** `text` is the JSON text that Lambda would send back (`null` for undefined). */
  | { readonly kind: 'returned'; readonly text: string }
  | {
      readonly kind: 'threw'
      readonly name: string
      readonly message: string
      readonly stack: string
      /** Uncaught: it did not come through the handler's promise. */
      readonly how: 'handler' | 'uncaught' | 'unhandled-rejection' | 'unserialisable' | 'too-large'
      /** Own `code` of the error, such as ERR_INVALID_ARG_VALUE. */
      readonly code: string | null
      /** False when the thrown thing was no Error. */
      readonly isError: boolean
    }
  /** Alive but not settled at the deadline; `spinning`: the event loop was blocked. */
  | { readonly kind: 'timed-out'; readonly afterMs: number; readonly spinning: boolean }
  | {
      readonly kind: 'crashed'
      readonly exitCode: number | null
      readonly signal: string | null
      readonly reason: CrashReason
      readonly detail: string
    }

export type CrashReason = 'exit' | 'out-of-memory' | 'signal' | 'output-flood' | 'protocol'

/** All that was seen of one step. */
export interface Observation {
  readonly outcome: Outcome
  readonly effects: readonly Effect[]
  readonly aws: readonly AwsCall[]
  /** Requests to other hosts that were answered. */
  readonly web?: readonly WebCall[]
  /** Captured console and stdout text, cut at 64 KiB. */
  readonly log: string
  readonly cpuUs: number
  readonly rssBytes: number
  /** An answer we invented was consumed before the verdict. */
  readonly synthetic: boolean
  /** Discovery runs only: event pointers read and found, and those that came back undefined. */
  readonly reads: readonly string[]
  readonly missing: readonly string[]
  /** Discovery runs only: what event data was compared with. */
  readonly compared: readonly Comparison[]
  /** Discovery runs only: how many places of the code were reached for the first time in this session. */
  readonly fresh?: number
  /** Discovery runs only: what event data was checked against. */
  readonly schemas: readonly CarriedSchema[]
  /** Discovery runs only: what the function signed with keys of its own, and which tokens it checked. */
  readonly macs?: readonly Mac[]
  readonly tokenChecks?: readonly TokenCheck[]
  /** Nobody saw how it ended, such as a connection that was cut: nothing is judged by it. The reason, for people. */
  readonly lost?: string
}

/** The function checked what stands at an event pointer against a JSON Schema, or what amounts to one. */
export interface CarriedSchema {
  readonly at: string
  readonly schema: JsonObject
}

/** The function made a signature over `data`, which holds what the event holds. `key` in base64. */
export interface Mac {
  readonly algorithm: string
  readonly key: string
  readonly data: string
  /** How the function wrote it; bytes: it did not. */
  readonly as: 'hex' | 'base64' | 'base64url' | 'bytes'
}

/** The function had a token checked. `key` in base64; what the claims and the header are to say, null where anything goes. */
export interface TokenCheck {
  readonly token: string
  readonly key: string
  readonly iss: string | null
  readonly aud: string | null
  readonly sub: string | null
  readonly alg: string | null
}

/** `text` (with a canary, or a planted number) was compared with `other`: `===`, `startsWith`, `regex:i` and the like. */
export interface Comparison {
  readonly text: string
  readonly op: string
  readonly other: string | number | boolean
  /** A number for the place in the code, where it is an operator or a switch. */
  readonly at?: number
}
