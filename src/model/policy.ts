import type { SourceId } from './case.js'
import type { Evidence } from './evidence.js'
import type { ExcessPermission } from './report.js'
import type { NamedPolicy } from './target.js'

/** One IAM action one AWS call needs, on one resource. `certainty`: observed = the call was made; may = needed only under a condition we cannot see. */
export interface NeededAction {
  readonly action: string
  readonly resource: string
  readonly certainty: 'observed' | 'may'
}

/** What the IAM analyser is asked: what is granted, and what honest input exercised. */
export interface PermissionQuestion {
  readonly target: string
  readonly role: string
  readonly policies: readonly NamedPolicy[]
  readonly evidence: readonly Evidence[]
  /** Triggers of the function: what the platform needs for them is never excess. */
  readonly sources: readonly SourceId[]
}

export type PermissionAnswer = readonly ExcessPermission[]
