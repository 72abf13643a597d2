import { ConfigError } from '../model/index.js'

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }

/** `30s`, `250ms`, `5m` to milliseconds. A number without a unit is an error: nobody knows which was meant. */
export function durationMs(text: string, what: string, least = 0): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text)
  const unit = match === null ? undefined : UNITS[match[2]!]
  if (match === null || unit === undefined)
    throw new ConfigError(`${what} takes a number with a unit, such as 30s or 5m, not '${text}'`)
  const ms = Number(match[1]) * unit
  if (ms < least) throw new ConfigError(`${what} takes at least ${least} ms, not '${text}'`)
  return ms
}
