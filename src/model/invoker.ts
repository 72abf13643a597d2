import type { SourceId, Taken } from './case.js'
import type { AwsCall } from './evidence.js'
import type { HostMode } from './frames.js'
import type { Json } from './json.js'
import type { Observation } from './observation.js'
import type { Coverage, SandboxReport } from './report.js'
import type { AwsFixture, Target } from './target.js'
import type { WebMode } from './web.js'

/** One event to run. Ids are given by the caller and unique within a session. */
export interface Execution {
  readonly n: number
  readonly text: string
  readonly mode: HostMode
  readonly deadlineMs: number
  /** AWS answers of this execution alone, tried before the target's own fixtures. */
  readonly answers?: readonly AwsFixture[]
  /** What requests to other hosts than AWS's come to; they are answered when absent. */
  readonly web?: WebMode
  /** What the text needs of the answer before it in the same batch. */
  readonly takes?: Taken
  /** A later step of the case that the execution before it belongs to. */
  readonly follows?: true
  /** The wire input that the event was made of, where it is known. */
  readonly wire?: { readonly source: SourceId; readonly value: Json }
}

/** A target made runnable. */
export interface Session extends AsyncDisposable {
  /** Runs a batch in order on the warm process and returns one observation for each, whatever happens. */
  run(batch: readonly Execution[], signal: AbortSignal): Promise<readonly Observation[]>
  /** Throws the process away: the next run starts in a fresh one. State of the AWS stub is reset too. */
  renew(): Promise<void>
  /** Calls that no execution could be blamed for, since the last time it was asked. */
  unattributed(): readonly AwsCall[]
  readonly secrets: readonly { readonly name: string; readonly value: string }[]
  /** What exploring has reached so far; undefined before the first discovery run. */
  coverage(): Promise<Coverage | undefined>
  /** Absolute path of the JavaScript that really runs: the handler's file, or what it was compiled to. Readable while the session is open. */
  readonly code: string
}

export type Opened =
  | { readonly kind: 'open'; readonly session: Session }
  | { readonly kind: 'not-loaded'; readonly reason: string; readonly type: string }

/** What runs a target. */
export interface Invoker extends AsyncDisposable {
  readonly id: string
  readonly sandbox: SandboxReport
  open(target: Target): Promise<Opened>
}
