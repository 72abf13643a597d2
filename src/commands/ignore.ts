import { existsSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '../model/index.js'
import { type Accepted, readBaseline } from './baseline.js'
import { findCase, readCase } from './replay.js'

export interface IgnoreOptions {
  /** A whole fingerprint, or the start of that of a stored case. */
  readonly fingerprint: string
  readonly reason: string
  readonly owner: string | undefined
  /** A day such as 2027-03-01. */
  readonly expires: string | undefined
  readonly falsePositive: boolean
  readonly baseline: string
  readonly cwd: string
  /** YYYY-MM-DD */
  readonly today: string
}

export interface Ignored {
  readonly file: string
  readonly entry: Accepted
  /** False: there was an entry already, which this one replaces. */
  readonly added: boolean
}

/** Writes into the baseline that a finding is known and accepted. The file is replaced whole, or stays as it was. */
export function ignore(options: IgnoreOptions): Ignored {
  const { owner, expires, cwd, today } = options
  const reason = options.reason.trim()
  if (reason === '') throw new ConfigError('--reason says why the finding is accepted: it must not be empty')
  if (expires !== undefined) checkDay(expires, today)
  const file = path.resolve(cwd, options.baseline)
  const before = existsSync(file) ? readBaseline(file) : { findings: [] }
  const entry: Accepted = {
    fingerprint: wholeFingerprint(options.fingerprint, cwd),
    reason,
    ...(options.falsePositive ? { state: 'false-positive' } : {}),
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires }),
  }
  const others = before.findings.filter(({ fingerprint }) => !entry.fingerprint.startsWith(fingerprint.toLowerCase()))
  replace(file, `${JSON.stringify({ ...before, findings: [...others, entry] }, null, 2)}\n`)
  return { file, entry, added: others.length === before.findings.length }
}

/** A start of a fingerprint may fit another finding one day: what is written is the whole of it. */
const wholeFingerprint = (text: string, cwd: string): string =>
  /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : readCase(findCase(text, cwd)).fingerprint

function checkDay(day: string, today: string): void {
  const date = new Date(`${day}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day)
    throw new ConfigError(`--expires takes a day such as 2027-03-01, not '${day}'`)
  if (day <= today) throw new ConfigError(`--expires ${day} is not in the future: from that day on the finding counts again`)
}

function replace(file: string, text: string): void {
  // A link stays one.
  const real = existsSync(file) ? realpathSync(file) : file
  const next = `${real}.${process.pid}.tmp`
  try {
    writeFileSync(next, text)
    renameSync(next, real)
  } catch (error) {
    rmSync(next, { force: true })
    throw new ConfigError(`The baseline ${file} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`)
  }
}
