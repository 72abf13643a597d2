import type { TargetOptions } from '../config/index.js'
import type { SandboxLevel } from '../model/index.js'
import type { LiveAsked } from './live/run.js'
import type { Shard } from './share.js'
import type { WantedSurface } from './surfaced.js'

/** What a run is asked for. */
export interface FuzzOptions extends TargetOptions {
  readonly targets: readonly string[]
  /** Search executions of the whole run; undefined: only time limits it. */
  readonly runs: number | undefined
  readonly timeMs: number | undefined
  /** The run ends once so many findings are confirmed. */
  readonly maxFindings?: number | undefined
  readonly seed: number
  readonly workers: number
  readonly outputDir: string | undefined
  readonly node: string
  readonly sandbox: SandboxLevel | undefined
  readonly rules: readonly string[]
  readonly excludeRules: readonly string[]
  readonly experimental: boolean
  readonly payloads: string | undefined
  readonly baseline: string | undefined
  /** Directory of the findings of earlier runs, which are tested again first; undefined: the run stands by itself. */
  readonly known?: string | undefined
  /** Findings that are known already do not count. */
  readonly newOnly?: boolean
  /** One of n machines that share the run. */
  readonly shard?: Shard | undefined
  /** Only targets that have changed since this branch or commit. */
  readonly changed?: string | undefined
  readonly seedEvents: string | undefined
  readonly executeSinks: boolean
  readonly awsEndpoint: string | undefined
  readonly enforcePolicy: boolean
  /** delivered unless said otherwise. */
  readonly surface?: WantedSurface
  readonly live?: LiveAsked | undefined
  readonly cwd: string
}
