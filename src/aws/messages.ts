import type {
  AwsCall,
  AwsFixture,
  EnforcedRole,
  HttpFixture,
  Planted,
  SidecarPaths,
  SignedRequest,
  Tables,
  WebCall,
} from '../model/index.js'

/** The unix sockets of one target: TLS (ALPN h2 and http/1.1), plain HTTP, the same for hosts of others, and one for each database. */
export type SidecarSockets = SidecarPaths

/** One target as the sidecar needs it; `dir` is a 0700 directory in which the sockets are made. */
export interface OpenTarget {
  readonly id: string
  readonly dir: string
  readonly region: string
  readonly account: string
  readonly fixtures: readonly AwsFixture[]
  /** The user's answers for other hosts than AWS's. */
  readonly http?: readonly HttpFixture[]
  readonly tables?: Tables
  /** Emulator of AWS (`--aws-endpoint`) that answers before the stub does. */
  readonly endpoint?: string
  /** Where calls of functions are passed on to; without it they are denied, or answered by a fixture. */
  readonly lambda?: string
  /** The function's role, when its policies are to be enforced. */
  readonly caller?: Caller
}

/** Whom AWS sees: the function in its role. */
export interface Caller {
  readonly role: EnforcedRole
  readonly functionName: string
  /** Its own key: what is signed with another, or not at all, is not asked for in its role. */
  readonly accessKey: string
}

/** Parent to sidecar, over the IPC channel. */
export type ToSidecar =
  | ({ readonly t: 'open' } & OpenTarget)
  | { readonly t: 'signed'; readonly id: string; readonly request: SignedRequest }
  | { readonly t: 'flush'; readonly id: string; readonly token: number }
  /** Of single executions; what was planted before is forgotten. */
  | { readonly t: 'plant'; readonly id: string; readonly planted: readonly Planted[] }
  | { readonly t: 'reset'; readonly id: string }
  | { readonly t: 'close'; readonly id: string }

/** Sidecar to parent. IPC keeps order: whatever was called before a flush has been told before `flushed`. */
export type FromSidecar =
  | { readonly t: 'opened'; readonly id: string; readonly sockets: SidecarSockets; readonly ca: string }
  | { readonly t: 'failed'; readonly id: string; readonly message: string }
  | { readonly t: 'flushed'; readonly id: string; readonly token: number }
  | { readonly t: 'planted'; readonly id: string }
  | { readonly t: 'reset-done'; readonly id: string }
  | { readonly t: 'closed'; readonly id: string }
  | { readonly t: 'call'; readonly id: string; readonly call: AwsCall }
  | { readonly t: 'web'; readonly id: string; readonly call: WebCall }
  /** What the user should know of a target's requests: one line, escaped, once per kind. */
  | { readonly t: 'warning'; readonly id: string; readonly message: string }
