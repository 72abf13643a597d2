import type { SourceId, Stage, Surface } from './case.js'
import type { SourceLocation } from './effect.js'
import type { Json } from './json.js'
import type { LiveReport } from './live.js'
import type { Confidence, Proof, Severity } from './oracle.js'

export type SandboxLevel = 'strong' | 'medium' | 'weak' | 'none'

export interface SandboxReport {
  readonly level: SandboxLevel
  /** What holds, in words: `network namespace`, `permission model`, ... */
  readonly layers: readonly string[]
}

export interface TargetReport {
  readonly id: string
  readonly file: string
  readonly export: string
  readonly runtime: string
  readonly sources: readonly SourceId[]
  readonly status: 'tested' | 'not-drivable' | 'not-loaded'
  /** What has to be supplied before the target can be driven: an environment name, a host, an AWS answer, a module. Of a tested one: AWS answers that were made up, and hosts whose answers were. */
  readonly missing: readonly {
    readonly kind: 'environment' | 'host' | 'aws' | 'module' | 'load' | 'other'
    readonly name: string
  }[]
  readonly executions: number
  /** Of them, random valid events that nothing learnt steered. Reports of older versions do not say. */
  readonly unguided?: number
  /** Of the run's executions or time, and what that share rests on; absent where there was nothing to split. */
  readonly budget?: { readonly share: number; readonly why: readonly string[] }
  /** Of the target's own code. Reports of older versions know no functions. */
  readonly coverage: { readonly lines: Ratio; readonly branches: Ratio; readonly functions?: Ratio }
  /** Conditions that no event turned the other way: where exploring came to an end. */
  readonly untaken?: readonly Untaken[]
  readonly events: { readonly accepted: number; readonly rejected: number }
}

/** `total` 0 means: not measured. */
export interface Ratio {
  readonly covered: number
  readonly total: number
}

/** What of the target's own code exploring has reached; attacks start from there. */
export interface Coverage {
  /** Lines on which a statement begins. */
  readonly lines: Ratio
  /** Ways of conditions, cases of switches. */
  readonly branches: Ratio
  readonly functions: Ratio
  readonly untaken: readonly Untaken[]
}

/** A condition that was reached and never true, or never false; a case that was never reached. */
export interface Untaken {
  readonly file: string
  readonly line: number
  /** As it is written, cut. */
  readonly condition: string
  readonly never: 'true' | 'false' | 'reached'
}

export interface Finding {
  /** 64 hex digits. */
  readonly fingerprint: string
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly severityReason: string
  readonly confidence: Confidence
  readonly proof: Proof
  readonly reproduced: { readonly k: number; readonly n: number }
  readonly cwe: readonly string[]
  readonly owasp: readonly string[]
  readonly target: string
  readonly sources: readonly SourceId[]
  readonly surface: Surface
  readonly stage: Stage
  /** The event field, an extended JSON pointer; '' when no single field is to blame. */
  readonly pointer: string
  /** Every field through which the same root cause was reached. */
  readonly pointers: readonly string[]
  readonly sink: { readonly kind: string; readonly api: string; readonly location: SourceLocation | null } | null
  readonly evidence: string
  /** The code around the sink, as it was during the run. */
  readonly excerpt?: Excerpt
  readonly case: { readonly steps: readonly { readonly text: string; readonly warm: boolean }[] }
  /** Text of the deciding step. */
  readonly event: string
  /** Text of the valid event nearest to it, for a diff. */
  readonly validEvent: string
  /** False: the budget for minimising ran out. */
  readonly minimal: boolean
  /** Shell commands that deliver the event through the service. */
  readonly recipe: readonly string[]
  readonly replay: string
  readonly remediation: string
  /** Executions of the target before it was first seen. */
  readonly foundAfter?: number
  /** Where it was run and seen: on this machine (`local`), or where it is deployed. Absent: only on this machine. */
  readonly reproducedOn?: readonly ReproducedOn[]
  readonly status: 'new' | 'existing' | 'regressed' | 'flaky' | 'fixed' | 'not-tested'
  readonly suppression: null | {
    readonly state: string
    readonly reason: string
    readonly owner: string
    readonly expires: string
  }
}

export interface ReproducedOn {
  /** `local`, or place and name: `aws arn:...`, `loopback orders`, `http https://...`. */
  readonly where: string
  readonly k: number
  readonly n: number
}

/** Lines of source; `line` is the number of the first. */
export interface Excerpt {
  readonly line: number
  readonly lines: readonly string[]
}

/** One run among those that came before. */
export interface TrendPoint {
  readonly run: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** Open findings. */
  readonly open: Readonly<Record<Severity, number>>
  /** New ones, and ones that came back. */
  readonly added: number
  readonly fixed: number
}

/** REMOVABLE ... UNKNOWN: design, section 8. */
export type PermissionClass =
  | 'REMOVABLE'
  | 'UNREACHED'
  | 'REACHED-NOT-CALLED'
  | 'EXERCISED-NARROWER'
  | 'MAY-NEED'
  | 'MISSING'
  | 'UNKNOWN'
  | 'EXERCISED-BY-ATTACK'

/**
 * What unused permissions are good for to an attacker. `escalation`: to more rights, by itself; `escalation-with-target`: where
 * something with more rights exists already.
 */
export type Risk =
  | 'escalation'
  | 'escalation-with-target'
  | 'credentials-exposure'
  | 'public-resource'
  | 'trust-policy'
  | 'data-exposure'
  | 'infrastructure-change'

export interface ExcessPermission {
  readonly target: string
  readonly role: string
  readonly action: string
  readonly resource: string
  readonly class: PermissionClass
  /** Policy and statement it comes from: `orders.json#0 (ReadOrders)`; '' for MISSING. */
  readonly statement: string
  readonly why: string
  readonly evidence: readonly string[]
  /** Of what is not used, worst first; absent when there is none. */
  readonly risks?: readonly Risk[]
  /** Where the policy stands in a template or a file, for MISSING the role's first; absent when nobody knows. */
  readonly at?: { readonly file: string; readonly line: number } | null
}

/** A rule that the run judged by, with what its documentation says; a rule of the user's own has no documentation. */
export interface RuleReport {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly proof: Proof
  readonly cwe: readonly string[]
  readonly owasp: readonly string[]
  readonly remediation: string
  /** What is a finding, what only looks like one, what the rule cannot see, code that is right. */
  readonly counts?: string
  readonly not?: string
  readonly blind?: string
  readonly fix?: string
}

/** report.json (schemas/report.schema.json). */
export interface Report {
  readonly schemaVersion: 1
  readonly tool: { readonly name: 'eventfuzz'; readonly version: string }
  readonly run: {
    readonly id: string
    readonly seed: number
    readonly startedAt: string
    readonly durationMs: number
    readonly executions: number
    readonly sandbox: SandboxReport
    readonly interrupted: boolean
    /** Of a run that n machines share: which part this is, from 1, and the ids of the targets of all of them. */
    readonly shard?: { readonly index: number; readonly count: number; readonly order: readonly string[] }
    /** Of a run against functions that are deployed. */
    readonly live?: LiveReport
  }
  /** The rules that were used. Reports of older versions do not say. */
  readonly rules?: readonly RuleReport[]
  readonly targets: readonly TargetReport[]
  readonly findings: readonly Finding[]
  readonly permissions: readonly ExcessPermission[]
  readonly suggestedPolicies: readonly Json[]
  readonly notTested: readonly { readonly what: string; readonly why: string }[]
  /** Earlier runs and this one, oldest first; absent where nothing is known of earlier ones. */
  readonly trend?: readonly TrendPoint[]
}

/** Renders the one Report. Pure: no files, no counting, no deciding. */
export interface Reporter {
  readonly id: string
  render(report: Report): string
  /** The same text piece by piece, where the whole of it would be large. */
  parts?(report: Report): Iterable<string>
}
