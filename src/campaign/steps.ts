import type { Evidence, Finding, Json, SourceId, TargetReport } from '../model/index.js'
import type { StoredCase } from './stored-case.js'

/** What a campaign tells, in order; the caller decides what to show, to write and when to stop. */
export type Step =
  | { readonly kind: 'started'; readonly target: string; readonly source: SourceId | null }
  | { readonly kind: 'tried'; readonly target: string; readonly executions: number }
  | { readonly kind: 'called'; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'found'; readonly finding: Finding; readonly stored: StoredCase }
  /** The same root cause was reached through another field or source. */
  | { readonly kind: 'widened'; readonly fingerprint: string; readonly pointer: string; readonly source: SourceId }
  /** A better rule says the same of the same trial. */
  | { readonly kind: 'superseded'; readonly fingerprint: string; readonly by: string }
  /** Honest events that got far: where the next run may begin. */
  | { readonly kind: 'explored'; readonly target: string; readonly source: SourceId; readonly wires: readonly Json[] }
  | { readonly kind: 'warning'; readonly target: string; readonly text: string }
  | { readonly kind: 'finished'; readonly target: TargetReport }
