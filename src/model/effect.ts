import type { Json, JsonObject } from './json.js'

/** A place in the user's own source, 1-based line and column; `fn` is the enclosing function's name when the stack knows it. */
export interface SourceLocation {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly fn?: string
}

/** Who answered the sink: the real thing, an answer of ours, a refusal, or nobody (it was only seen). */
export type Answered = 'real' | 'synthetic' | 'denied' | 'none'

interface EffectBase {
  /** Order within one process, from 0. */
  readonly seq: number
  /** The user's line that reached the sink, or null when no in-app frame is on the stack. */
  readonly location: SourceLocation | null
  /** Up to 3 in-app frames, innermost first: what a fingerprint is made of. */
  readonly frames: readonly SourceLocation[]
  /** The function of Node or of a package that was called: `child_process.exec`, `fs.readFile`, `eval`. */
  readonly api: string
  readonly answered: Answered
  /** Seen after the handler's promise had settled. */
  readonly afterSettle: boolean
  /** Some text was longer than 16 KiB and was cut. */
  readonly cut?: boolean
}

/** One thing a probe saw. A union, told apart by `kind`. */
export type Effect = EffectBase &
  (
    | {
        readonly kind: 'process'
        readonly file: string
        readonly argv: readonly string[]
        readonly shell: boolean
        readonly command: string
        /** What it printed, when it really ran (`--execute-sinks`). */
        readonly output?: string
      }
    | { readonly kind: 'code'; readonly how: string; readonly source: string }
    | { readonly kind: 'fs'; readonly op: string; readonly path: string; readonly real: string }
    | { readonly kind: 'module'; readonly specifier: string }
    | { readonly kind: 'connect'; readonly host: string; readonly port: number }
    | { readonly kind: 'http'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
    | { readonly kind: 'aws'; readonly service: string; readonly operation: string; readonly params: JsonObject }
    | { readonly kind: 'sql'; readonly text: string; readonly bound: readonly Json[]; readonly dialect: SqlDialect }
    | { readonly kind: 'nosql'; readonly op: string; readonly query: Json }
    | { readonly kind: 'template'; readonly engine: string; readonly source: string }
    | { readonly kind: 'parse'; readonly format: string; readonly options: JsonObject }
    | { readonly kind: 'regexp'; readonly source: string; readonly input: string }
    | { readonly kind: 'log'; readonly level: string; readonly text: string }
    | { readonly kind: 'global'; readonly path: string }
    /** A method that every object has was called under a name of the event, on a plain object or an instance of a class. */
    | { readonly kind: 'method'; readonly name: string; readonly of: 'object' | 'class' }
    /** A request that nobody waits for: still open when the handler's promise settled, or begun after it. */
    | { readonly kind: 'unawaited'; readonly state: 'open' | 'begun' }
  )

export type EffectKind = Effect['kind']
export type EffectOf<K extends EffectKind> = Extract<Effect, { readonly kind: K }>
export type SqlDialect = 'postgresql' | 'mysql' | 'sqlite' | 'partiql' | 'athena'
