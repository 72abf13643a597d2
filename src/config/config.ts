import type { AwsFixture, HttpFixture, LiveConfig, Severity, SourceId, Target, Trigger } from '../model/index.js'

/** Settings of one function; what is left out stays as the template says. */
export interface FunctionConfig {
  readonly file?: string
  readonly export?: string
  readonly events?: readonly SourceId[]
  readonly runtime?: string
  /** With a unit: `3s`. */
  readonly timeout?: string
  /** MiB. */
  readonly memory?: number
  readonly environment?: Readonly<Record<string, string>>
  /** NAME=value lines, relative to the configuration; `environment` wins over it. */
  readonly envFile?: string
  readonly role?: string
  readonly policies?: readonly string[]
  readonly triggers?: Readonly<Partial<Record<SourceId, Trigger>>>
  readonly fixtures?: readonly AwsFixture[]
  /** Answers for hosts that are none of AWS's; the first that fits a request answers it. */
  readonly http?: readonly HttpFixture[]
  /** Packages of node_modules that are looked into as the function's own code is. */
  readonly instrument?: readonly string[]
}

export interface TargetConfig extends FunctionConfig {
  readonly id: string
  readonly file: string
  readonly events: readonly SourceId[]
}

/** Settings by function id; a `*` in an id stands for any text. Later entries win. */
export type FunctionConfigs = Readonly<Record<string, FunctionConfig>>

/** What a setup hook is told. */
export interface SetupContext {
  readonly targets: readonly { readonly id: string; readonly file: string }[]
}

/** Runs once before anything is fuzzed: makes tokens, keys and answers, and returns them as settings. */
export type Setup = (context: SetupContext) => FunctionConfigs | undefined | Promise<FunctionConfigs | undefined>

export type RuleSetting = 'off' | 'on' | Severity

/** Functions that really run: what `--live` may attack, and how much. Both are needed. */
export interface LiveSettings {
  readonly owner: string
  readonly accounts?: readonly string[]
  readonly regions?: readonly string[]
  readonly functions?: readonly string[]
  readonly urls?: readonly string[]
  readonly endpoints?: readonly string[]
  readonly targets?: Readonly<Record<string, string>>
  readonly budget: {
    readonly invocations: number
    readonly gbSeconds: number
    /** With a unit: `10m`. */
    readonly time: string
    readonly concurrency?: number
    readonly rate?: number
  }
  readonly stopFile?: string
}

/** eventfuzz.config.{mjs,js,json}. */
export interface UserConfig {
  readonly $schema?: string
  /** Functions without a template. When given, templates are not looked for. */
  readonly targets?: readonly TargetConfig[]
  /** What differs from the template. */
  readonly functions?: FunctionConfigs
  /** Functions (ids, `*`) that are left out. */
  readonly exclude?: readonly string[]
  /** Values of template parameters. */
  readonly parameters?: Readonly<Record<string, string>>
  /** A function, or the path of a module whose default export is one. */
  readonly setup?: Setup | string
  /** Paths of modules whose default export is a rule of your own, or a list of them (`defineOracle`). */
  readonly plugins?: readonly string[]
  /** Paths of modules whose default export is a strategy of your own, or a list of them (`defineStrategy`). */
  readonly strategies?: readonly string[]
  /** Rules by id: left out, asked for although experimental, or with another severity. */
  readonly rules?: Readonly<Record<string, RuleSetting>>
  /** Where attacks on deployed functions may go: nothing that is not named here. */
  readonly live?: LiveSettings
}

/** Gives a configuration its type in an editor; changes nothing. */
export const defineConfig = (config: UserConfig): UserConfig => config

/** A configuration that was read and checked. */
export interface Config {
  /** Absolute path of the file, when there is one. */
  readonly file: string | undefined
  /** Directory that its paths are relative to. */
  readonly dir: string
  readonly targets: readonly Target[]
  readonly functions: FunctionConfigs
  readonly exclude: readonly string[]
  readonly parameters: Readonly<Record<string, string>>
  readonly setup: Setup | undefined
  /** Absolute paths. */
  readonly plugins: readonly string[]
  /** Absolute paths. */
  readonly strategies: readonly string[]
  readonly rules: Readonly<Record<string, RuleSetting>>
  readonly live: LiveConfig | undefined
}
