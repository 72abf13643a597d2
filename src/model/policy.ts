import type { SourceId } from './case.js'
import type { Evidence } from './evidence.js'
import type { ExcessPermission } from './report.js'
import type { NamedPolicy } from './target.js'

/**
 * One IAM action one AWS call needs, on one resource. `certainty`: observed = the call is that action; implied = the request shows
 * that it needs it too (iam:PassRole of the role that it hands over); may = needed only under a condition we cannot see.
 */
export interface NeededAction {
  readonly action: string
  readonly resource: string
  readonly certainty: 'observed' | 'implied' | 'may'
}

/** What the IAM analyser is asked: what is granted, and what honest input exercised. */
export interface PermissionQuestion {
  readonly target: string
  readonly role: string
  readonly policies: readonly NamedPolicy[]
  /** Attached policies of AWS itself: nobody can narrow their texts, only attach others. */
  readonly managed?: readonly NamedPolicy[]
  /** Limits what the policies grant. */
  readonly boundary?: NamedPolicy | undefined
  readonly evidence: readonly Evidence[]
  /** Triggers of the function: what the platform needs for them is never excess. */
  readonly sources: readonly SourceId[]
  /** Dead-letter queues and destinations, as ARNs. */
  readonly destinations?: readonly string[]
  /** The function has environment variables: Lambda decrypts them with the role, when a key of the customer's is set. */
  readonly environment?: boolean
  /** What was read of the functions' own code; absent: nobody looked. */
  readonly code?: CodeSeen
}

/** AWS calls as the functions' own code writes them. */
export interface CodeSeen {
  readonly sites: readonly CodeSite[]
  /** Why calls may be made that the code does not show; undefined: all of it was read. */
  readonly hidden: string | undefined
}

/** A place where a call is written: `PutItem` of `new PutItemCommand()` or `db.putItem()`. */
export interface CodeSite {
  readonly operation: string
  /** It can be nothing but a call of the AWS SDK; otherwise it is a method that may be anybody's. */
  readonly isSdk: boolean
  /** From the function's root. */
  readonly file: string
  /** Counts from 1. */
  readonly line: number
}

export type PermissionAnswer = readonly ExcessPermission[]

/** A needed action that a role's own policies do not grant. */
export interface Refusal {
  readonly action: string
  /** `*` when the call named none. */
  readonly resource: string
  /** A Deny says so; otherwise nothing allows it. */
  readonly explicit: boolean
}

/** Judges what a call needs by a role's policies. */
export type Authoriser = (needed: NeededAction) => Refusal | undefined

/** What the sidecar imports to enforce policies: it is a process of its own, and no function can be handed to it. */
export interface AuthoriserModule {
  authoriser(policies: readonly NamedPolicy[]): Authoriser
}

/** A role whose policies the stub enforces (`--enforce-policy`). */
export interface EnforcedRole {
  /** File URL of an AuthoriserModule. */
  readonly module: string
  readonly name: string
  readonly policies: readonly NamedPolicy[]
}
