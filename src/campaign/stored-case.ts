import type { Case, Finding, Proof, Target } from '../model/index.js'

/** cases/<fingerprint>.json (schemas/case.schema.json): all that a replay needs, and nothing that changes with time. */
export interface StoredCase {
  readonly schemaVersion: 1
  readonly tool: { readonly name: 'eventfuzz'; readonly version: string }
  readonly fingerprint: string
  readonly rule: string
  readonly proof: Proof
  readonly target: Omit<Target, 'role'>
  readonly source: Case['source']
  readonly surface: Case['surface']
  readonly stage: Case['stage']
  readonly seed: number
  readonly pointer: string
  readonly steps: Case['steps']
  /** The case without its steps, for the oracles. */
  readonly case: Omit<Case, 'steps'>
  readonly replay: string
  /** Where it was found, when that was not on this machine: only its rule is known there, not its line. */
  readonly where?: string
  /** The other side of a pair: the proof is that the function tells them apart. */
  readonly twin?: Case['steps']
}

export function storedCase(finding: Finding, made: Case, target: Target, seed: number, version: string): StoredCase {
  const { steps, ...rest } = made
  const { role: _role, ...plain } = target
  return {
    schemaVersion: 1,
    tool: { name: 'eventfuzz', version },
    fingerprint: finding.fingerprint,
    rule: finding.rule,
    proof: finding.proof,
    target: plain,
    source: made.source,
    surface: made.surface,
    stage: made.stage,
    seed,
    pointer: finding.pointer,
    steps,
    case: rest,
    replay: finding.replay,
  }
}
