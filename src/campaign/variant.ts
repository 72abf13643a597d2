import type { Draft, Trial } from '../model/index.js'
import type { Reached } from './reach.js'

/** An honest event that took a way of its own, and where its data went. */
export interface Variant {
  readonly draft: Draft
  readonly trial: Trial
  /** Wire pointers of leaves whose canary reached a sink, with the kinds and places of those sinks. */
  readonly reach: ReadonlyMap<string, readonly Reached[]>
  /** Wire pointers of objects whose keys the function goes through, as what merges them does. */
  readonly listed: Set<string>
  /** Wire pointers of leaves that name a function in a table of functions. */
  readonly naming: Set<string>
}

export const variantOf = (trial: Trial, reach: Variant['reach']): Variant => ({
  draft: trial.case.draft,
  trial,
  reach,
  listed: new Set(),
  naming: new Set(),
})
