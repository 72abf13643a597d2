/** What a rule's documentation says beside its definition. */
export interface Explanation {
  /** What is a finding. */
  readonly counts: string
  /** What looks like one and is none. */
  readonly not: string
  /** What this rule cannot see. */
  readonly blind: string
  /** Code that is right. */
  readonly fix: string
}
