import type { SourceId, Stage, Surface } from './case.js'
import type { SourceLocation } from './effect.js'
import type { Json } from './json.js'
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
  /** What has to be supplied before the target can be driven: an environment name, a host, an AWS answer, a module. */
  readonly missing: readonly {
    readonly kind: 'environment' | 'host' | 'aws' | 'module' | 'load' | 'other'
    readonly name: string
  }[]
  readonly executions: number
  readonly coverage: { readonly lines: Ratio; readonly branches: Ratio }
  readonly events: { readonly accepted: number; readonly rejected: number }
}

/** `total` 0 means: not measured. */
export interface Ratio {
  readonly covered: number
  readonly total: number
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
  readonly status: 'new' | 'existing' | 'regressed' | 'flaky' | 'fixed' | 'not-tested'
  readonly suppression: null | {
    readonly state: string
    readonly reason: string
    readonly owner: string
    readonly expires: string
  }
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
  }
  readonly targets: readonly TargetReport[]
  readonly findings: readonly Finding[]
  readonly permissions: readonly ExcessPermission[]
  readonly suggestedPolicies: readonly Json[]
  readonly notTested: readonly { readonly what: string; readonly why: string }[]
}

/** Renders the one Report. Pure: no files, no counting, no deciding. */
export interface Reporter {
  readonly id: string
  render(report: Report): string
}
