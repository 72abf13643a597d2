import type { Encoding, SourceId } from './case.js'
import type { Json } from './json.js'

/** One file of payloads/ (schemas/payload.schema.json): attack data of one class and the rules that must see it. */
export interface PayloadFamily {
  readonly schemaVersion: 1
  readonly id: string
  readonly name: string
  /** Ids of attack classes this family covers. */
  readonly classes: readonly string[]
  readonly cwe: readonly string[]
  /** Empty: every source. */
  readonly sources: readonly SourceId[]
  /** Wire pointers it fits (a prefix, `*` for one token); empty: every leaf. */
  readonly at: readonly string[]
  /** Leaves whose chain holds one of these; empty: every leaf. */
  readonly encodings: readonly Encoding[]
  readonly rules: readonly string[]
  readonly safety: { readonly level: 'inert' | 'canary-effect' | 'bounded-load'; readonly allowRemote: boolean }
  /** Where the data is from, if not our own: package and version, holder, licence. */
  readonly origin?: string
  /** Tried when all else has been: what it shows is rarer. */
  readonly late?: boolean
  /** Value and control are two sides that only whoever interprets them tells apart: by its answer, or by the time it takes. */
  readonly pair?: 'boolean' | 'timing'
  readonly remediation: string
  readonly payloads: readonly Payload[]
}

export interface Payload {
  readonly id: string
  /** Template: `{{canary}}`, `{{tail}}`, `{{canary.a}}`, `{{canary.b}}`, `{{n1}}`, `{{n2}}`. A string without `{{canary}}` is set between HEAD and TAIL, unless it replaces. */
  readonly value: Json
  /** Benign twin of the same shape, same tokens. */
  readonly control: Json
  /** replace: the payload stands alone; json: the leaf holds a value of this JSON type; key: it is added as a property. */
  readonly position?: 'replace' | 'key'
}
