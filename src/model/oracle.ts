import type { Case, PlantedCanary } from './case.js'
import type { EffectKind, SourceLocation } from './effect.js'
import type { Observation } from './observation.js'

export type Severity = 'critical' | 'high' | 'medium' | 'low'
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low']
export type Confidence = 'confirmed' | 'firm' | 'tentative'

/** What must be shown before a verdict becomes a finding (docs/design: "Every rule names its proof"). */
export type Proof = 'injection' | 'contract' | 'robustness' | 'growth' | 'state'

/** A case and its observations, one per step. `secrets` are decoy values planted in the environment. */
export interface Trial {
  readonly case: Case
  readonly observations: readonly Observation[]
  readonly secrets: readonly Secret[]
}

export interface Secret {
  readonly name: string
  readonly value: string
}

/** Where the event data ended up. */
export interface Sink {
  readonly kind: EffectKind | 'response'
  readonly api: string
  readonly location: SourceLocation | null
  readonly frames: readonly SourceLocation[]
}

/** What an oracle says of one trial. */
export interface Verdict {
  readonly rule: string
  /** The field it came through, when the oracle can name it. */
  readonly canary: PlantedCanary | null
  readonly sink: Sink | null
  /** What a fingerprint is made of besides rule and target: sink frames, error and top frame, or contract id. */
  readonly anchor: string
  /** Stands in a fingerprint for the anchor, where one cause shows at several. */
  readonly cause?: string
  /** One or two sentences with the decisive text, for people. */
  readonly evidence: string
  /** Lowers or raises the oracle's own severity, with the reason. */
  readonly severity?: Severity
  readonly severityReason?: string
}

/**
 * Texts in which a reader makes more of a value than text: parts of an answer (`response` is any of it), and of what a call to
 * AWS carries.
 */
export type TextKind = 'response' | 'html' | 'header' | 'location' | 'mail' | 'json' | 'expression' | 'statement'

/** Judges trials. Pure: records are in the trial, nothing is run here. */
export interface Oracle {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly cwe: readonly string[]
  readonly owasp: readonly string[]
  readonly proof: Proof
  readonly remediation: string
  /** Lesser rules that say the same of the same trial. */
  readonly supersedes?: readonly string[]
  /** Sinks whose benign canary makes payloads of this rule worth trying first. */
  readonly sinks: readonly (EffectKind | TextKind)[]
  /** Has never fired on code by another author: used only when asked for. */
  readonly experimental?: true
  judge(trial: Trial): Iterable<Verdict>
}

/** Gives a rule its type in an editor; changes nothing. */
export const defineOracle = (oracle: Oracle): Oracle => oracle
