import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Finding } from '../model/index.js'
import { type Accepted, readBaseline } from './baseline.js'
import { storedReport } from './stored-report.js'

/** An entry of the baseline, and what is to be said of it today. */
export interface BaselineEntry extends Accepted {
  readonly isExpired: boolean
  /** What the last stored run has of it; null: it does not name it, undefined: there is no run to ask. */
  readonly finding: Finding | null | undefined
}

/** The entries of a baseline, those that have run out first. `today`: YYYY-MM-DD. */
export function listBaseline(file: string, cwd: string, today: string): readonly BaselineEntry[] {
  const { findings: entries } = readBaseline(path.resolve(cwd, file))
  const found = existsSync(path.join(cwd, '.eventfuzz', 'last')) ? storedReport('last', cwd).findings : undefined
  return entries
    .map((entry) => ({
      ...entry,
      isExpired: entry.expires !== undefined && entry.expires <= today,
      finding: found === undefined ? undefined : (found.find(({ fingerprint }) => isMeant(entry, fingerprint)) ?? null),
    }))
    .sort((a, b) => Number(b.isExpired) - Number(a.isExpired))
}

const isMeant = ({ fingerprint: start }: Accepted, fingerprint: string): boolean => fingerprint.startsWith(start.toLowerCase())
