import type { Effect, SourceLocation } from './effect.js'
import type { CarriedSchema, Comparison, Mac, Outcome, TokenCheck } from './observation.js'
import type { WebMode } from './web.js'

/**
 * The wire between parent and host: u32 big-endian length (at most 64 MiB), then UTF-8 JSON.
 * fd 3 carries ParentFrame, fd 4 HostFrame (schemas/frame.schema.json). Everything on fd 4 is the target's word.
 */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024
/** fd 5 is a file that holds the event in flight: its number and the time it began (ms since 1970), as big-endian doubles. */
export const MARK_BYTES = 16

/** Exit code of a host whose function closed the channel. */
export const CHANNEL_LOST = 86

export const PROTOCOL_VERSION = 1

/** proof: probes only. discover: also a read-tracking view of the event, whose results never become findings. */
export type HostMode = 'proof' | 'discover'

export interface RunItem {
  readonly n: number
  readonly text: string
  readonly deadlineMs: number
  readonly mode: HostMode
  /** What requests to other hosts than AWS's come to. A process runs answered events or refused ones, never both. */
  readonly web?: WebMode
}

export type ParentFrame =
  | {
      readonly t: 'hello'
      readonly v: number
      readonly target: HostTarget
    }
  | { readonly t: 'run'; readonly batch: readonly RunItem[] }
  | { readonly t: 'stop' }

/** Paths of the sidecar's unix sockets. */
export interface SidecarPaths {
  readonly tls: string
  readonly plain: string
  /** For hosts that are none of AWS's. */
  readonly webTls: string
  readonly web: string
  readonly postgres: string
  readonly mysql: string
  readonly redis: string
  readonly mongodb: string
}

export interface HostTarget {
  /** Absolute path of the handler file inside the mirror. */
  readonly file: string
  readonly export: string
  readonly taskRoot: string
  /** Top of the mirror: the task root and every node_modules above it are below this. */
  readonly mirrorRoot: string
  /** Directories outside the mirror that its links lead to: packages. */
  readonly outside: readonly string[]
  /** Processes that the function starts really run, inside the sandbox. */
  readonly executeSinks: boolean
  /** Its code is instrumented: only discovery runs there. */
  readonly explores?: boolean
  /** Where paths below /opt really are; null when the sandbox has an /opt of its own, or there are no layers. */
  readonly opt: string | null
  readonly functionName: string
  readonly memoryMb: number
  readonly region: string
  readonly account: string
  /** Unix sockets of the sidecar. */
  readonly sockets: SidecarPaths | null
  /** Hosts of the user's own HTTP answers. */
  readonly http: readonly string[]
  /** Other hosts are refused: all events of this process want it so. */
  readonly refuses?: boolean
  readonly ca: string | null
  /** Where reads and writes below /tmp really go; null when the sandbox has a /tmp of its own. */
  readonly tmp: string | null
  /** nodejs22.x: decides between the callback contract and the promise-only one. */
  readonly runtime: string
  readonly timeoutMs: number
}

/** A signature that was made: of a presigned URL or a token, which may never be asked for. */
export interface SignedRequest {
  readonly n: number | null
  readonly method: string
  readonly host: string
  readonly path: string
  readonly query: string
  /** In hexadecimal. */
  readonly signature: string
  readonly frames: readonly SourceLocation[]
}

export type HostFrame =
  | { readonly t: 'ready'; readonly v: number; readonly initMs: number }
  | { readonly t: 'init-error'; readonly type: string; readonly message: string; readonly stack: string }
  | { readonly t: 'started'; readonly n: number }
  | { readonly t: 'effect'; readonly n: number | null; readonly by: 'canary' | 'als' | 'none'; readonly effect: Effect }
  | {
      readonly t: 'done'
      readonly n: number
      readonly outcome: Outcome
      readonly cpuUs: number
      readonly rss: number
      /** Console and stdout text of this execution, cut. */
      readonly log: string
      readonly reads: readonly string[]
      readonly missing: readonly string[]
      readonly compared?: readonly Comparison[]
      readonly schemas?: readonly CarriedSchema[]
      readonly macs?: readonly Mac[]
      readonly tokenChecks?: readonly TokenCheck[]
      /** Numbers of counted places that were reached for the first time. */
      readonly hits?: readonly number[]
    }
  | { readonly t: 'signed'; readonly request: SignedRequest }
  /** What an execution that had answered already left running has failed, and the process ends by it. */
  | { readonly t: 'late'; readonly n: number; readonly outcome: Outcome }
  /** `asked`: a request may have gone to the AWS stub since the batch began. */
  | { readonly t: 'idle'; readonly asked: boolean }
