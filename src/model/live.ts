/** What a configuration says of functions that really run: where attacks may go, and how much of it. Nothing is allowed that is not named. */
export interface LiveConfig {
  /** Who owns what is attacked, and that they agree: stamped into every report. */
  readonly owner: string
  /** 12 digits each. */
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  /** Function ARNs without a qualifier; `*` stands for any text. */
  readonly functions: readonly string[]
  /** URLs below which requests may be sent. */
  readonly urls: readonly string[]
  /** Origins on this machine that answer the Invoke API, such as http://127.0.0.1:3002. */
  readonly endpoints: readonly string[]
  /** Ids of this project's functions, and the ARN, name or URL of each where it runs. */
  readonly targets: Readonly<Record<string, string>>
  readonly budget: LiveBudget
  /** A file that ends every live run while it exists, absolute. */
  readonly stopFile: string
}

/** What one run may use. */
export interface LiveBudget {
  readonly invocations: number
  /** At the same time. */
  readonly concurrency: number
  readonly gbSeconds: number
  readonly timeMs: number
  /** Invocations a second, at most. */
  readonly rate: number
}

/** Where a live run sends its cases. */
export type LivePlace = 'aws' | 'loopback' | 'http'

/** What a live run did, for the report. */
export interface LiveReport {
  readonly places: readonly string[]
  /** The owner statement of the configuration. */
  readonly owner: string
  readonly account: string | null
  readonly region: string | null
  readonly invocations: number
  /** Asked to slow down; nothing was run. */
  readonly throttled: number
  readonly gbSeconds: number
  readonly estimatedUsd: number
  /** File name of the audit log in the directory of the run. */
  readonly audit: string
  /** Why it ended before its cases were through; null when they were. */
  readonly stoppedBy: string | null
}

/** A request as it goes over the wire: names and values as they are written, in order, with repeats. */
export interface RawRequest {
  readonly method: string
  /** Path and query of the request line, below the base URL. */
  readonly path: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | undefined
}
