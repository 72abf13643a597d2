import type { Arbitrary } from 'fast-check'
import type { SourceId } from './case.js'
import type { Json } from './json.js'

/** Values of your own for one place of an event: what a schema cannot say (checksums, ids that your database knows, a language). */
export interface Strategy {
  /** `a-name-like-this`; findings name it. */
  readonly id: string
  /** Pointer into the event, as findings show it: `/body#json/iban`, `/Records/0/body#json/items`, `/queryStringParameters/q`. */
  readonly at: string
  /** Sources it is meant for; every source that has the place, when absent. */
  readonly sources?: readonly SourceId[]
  /** Honest senders send such values: attacks on other fields are made around them. Otherwise they are tried as they are. */
  readonly honest?: boolean
  /** An arbitrary of fast-check, of JSON values. `{{canary}}` in a text becomes a marker that tells where the text goes. */
  readonly arbitrary: Arbitrary<unknown>
}

/** Gives a strategy its type in an editor; changes nothing. */
export const defineStrategy = (strategy: Strategy): Strategy => strategy

/** A strategy of the user, its values drawn. */
export interface DrawnStrategy extends Omit<Strategy, 'arbitrary'> {
  readonly values: readonly Json[]
}
