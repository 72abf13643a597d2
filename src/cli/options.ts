import { durationMs, nearest, readEnvFile } from '../config/index.js'
import { ConfigError, type SandboxLevel, SEVERITIES } from '../model/index.js'
import { isPackageName } from '../model/package-name.js'
import type { FailOn } from './exit-codes.js'

/** Whole number of at least `least`; anything else is one line. */
export function wholeNumber(text: string, what: string, least = 0): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw new ConfigError(`${what} takes a whole number from ${least}, not '${text}'`)
  return value
}

export function portNumber(text: string): number {
  const port = wholeNumber(text, '--port')
  if (port > 65_535) throw new ConfigError(`--port takes a number up to 65535, not '${text}'`)
  return port
}

export function oneOf<T extends string>(text: string, what: string, known: readonly T[]): T {
  const found = known.find((one) => one === text)
  if (found !== undefined) return found
  const near = nearest(text, known)
  throw new ConfigError(
    `${what} takes one of ${known.join(', ')}, not '${text}'${near === undefined ? '' : `. Did you mean '${near}'?`}`,
  )
}

export const failOn = (text: string): FailOn => oneOf(text, '--fail-on', [...SEVERITIES, 'none'])

export const list = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

/** Options that `fuzz` and `iam` share, as the command line gives them. */
export interface TargetFlags {
  readonly event?: readonly string[]
  readonly policy?: readonly string[]
  readonly envFile?: string
  readonly timeout?: string
  readonly memory?: string
  readonly runtime?: string
  readonly parameter?: readonly string[]
  readonly instrument?: readonly string[]
}

export const targetOptions = (flags: TargetFlags) => ({
  events: (flags.event ?? []).flatMap(list),
  policies: flags.policy ?? [],
  environment: flags.envFile === undefined ? {} : readEnvFile(flags.envFile),
  timeoutMs: flags.timeout === undefined ? undefined : durationMs(flags.timeout, '--timeout'),
  memoryMb: flags.memory === undefined ? undefined : wholeNumber(flags.memory, '--memory', 128),
  runtime: flags.runtime === undefined ? undefined : runtimeName(flags.runtime),
  parameters: parameters(flags.parameter),
  instrument: (flags.instrument ?? []).flatMap(list).map(packageName),
})

function packageName(text: string): string {
  if (!isPackageName(text)) throw new ConfigError(`--instrument takes the name of a package, such as my-router, not '${text}'`)
  return text
}

/** `NAME=value`, each once or more: the last one counts. */
export const parameters = (texts: readonly string[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
      if (name === undefined || value === undefined)
        throw new ConfigError(`--parameter takes NAME=value, such as Stage=dev, not '${text}'`)
      return [name, value]
    }),
  )

function runtimeName(text: string): string {
  if (!/^nodejs\d\d\.x$/.test(text)) throw new ConfigError(`--runtime takes a Lambda runtime such as nodejs22.x, not '${text}'`)
  return text
}

export const sandboxLevel = (text: string | undefined): SandboxLevel | undefined =>
  text === undefined ? undefined : oneOf<SandboxLevel>(text, '--sandbox', ['strong', 'medium', 'weak', 'none'])

/** Options of runs against functions that really run. */
export interface LiveCliFlags {
  readonly live?: boolean
  readonly profile?: string
  readonly region?: string
  readonly endpoint?: string
  readonly streamed?: boolean
  readonly resume?: string | true
}

export const liveFlags = (flags: LiveCliFlags) => ({
  flag: flags.live === true,
  profile: flags.profile,
  region: flags.region === undefined ? undefined : regionName(flags.region),
  endpoint: flags.endpoint === undefined ? undefined : originOf(flags.endpoint),
  streamed: flags.streamed === true,
  resume: flags.resume,
})

function regionName(text: string): string {
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(text))
    throw new ConfigError(`--region takes a region such as eu-central-1, not '${text}'`)
  return text
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '' || url.username !== '')
    throw new ConfigError(
      `--endpoint takes the address of a server on this machine, such as http://127.0.0.1:3001, not '${text}'`,
    )
  return url.origin
}

/** Of what was counted, in percent; 0 where nothing was. */
export const reachedShare = ({ covered, total }: { readonly covered: number; readonly total: number }): number =>
  total === 0 ? 0 : (100 * covered) / total

/** Value of --min-coverage; 0 without it. */
export function percentage(text: string | undefined): number {
  if (text === undefined) return 0
  const value = Number(text)
  if (!/^\d{1,3}(\.\d+)?$/.test(text) || value > 100)
    throw new ConfigError(`--min-coverage takes a percentage from 0 to 100, not '${text}'`)
  return value
}
