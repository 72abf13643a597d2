import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { StoredCase } from '../campaign/stored-case.js'
import { readUserJson } from '../config/index.js'
import { ConfigError, type Finding, type JsonObject, readPackageJson } from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'

/** A run, and when it started (ISO 8601, UTC). */
export interface Seen {
  readonly run: string
  readonly at: string
}

/** known/<fingerprint>.json (schemas/known.schema.json): what a later run tests again, whatever became of the run that found it. */
export interface KnownFinding {
  readonly schemaVersion: 1
  /** `fixed`: a re-test did not show it any more. It is still tested, since it may come back. */
  readonly state: 'open' | 'fixed'
  readonly firstSeen: Seen
  readonly lastSeen: Seen
  readonly fixed: Seen | null
  readonly finding: Finding
  readonly stored: StoredCase
}

const SCHEMA_VERSION = 1

/** Findings of earlier runs, one file each; none where there is no directory. ConfigError for a file that is not one of ours. */
export function readKnown(dir: string): readonly KnownFinding[] {
  const names = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.json')) : []
  if (names.length === 0) return []
  const check = checks()
  return names.sort().map((name) => {
    const file = path.join(dir, name)
    const value = readUserJson(file, 'The known finding') as unknown as KnownFinding
    const wrong = newer(value) ?? check(value) ?? misplaced(value, name)
    if (wrong !== undefined)
      throw new ConfigError(`The known finding ${file} ${wrong}: delete it to forget the finding, or leave all out by --no-known`)
    return value
  })
}

const newer = (value: { readonly schemaVersion?: unknown } | null): string | undefined =>
  typeof value?.schemaVersion === 'number' && value.schemaVersion > SCHEMA_VERSION
    ? `was written by a newer eventfuzz (schema ${value.schemaVersion}, this one reads ${SCHEMA_VERSION})`
    : undefined

function misplaced({ finding, stored }: KnownFinding, name: string): string | undefined {
  const same = [finding.fingerprint, stored.fingerprint].every((fingerprint) => `${fingerprint}.json` === name)
  return same && stored.rule === finding.rule ? undefined : 'holds another finding than its name says'
}

/** What is wrong with a value, in words; undefined when nothing is. */
function checks(): (value: KnownFinding) => string | undefined {
  const { $defs } = readPackageJson('schemas/report.schema.json') as { readonly $defs: JsonObject }
  const parts = [
    { at: '', valid: ownSchema(readPackageJson('schemas/known.schema.json')), of: (value: KnownFinding): unknown => value },
    { at: '/finding', valid: ownSchema({ $defs, $ref: '#/$defs/finding' }), of: ({ finding }: KnownFinding) => finding },
    { at: '/stored', valid: ownSchema(readPackageJson('schemas/case.schema.json')), of: ({ stored }: KnownFinding) => stored },
  ]
  return (value) => {
    for (const { at, valid, of } of parts) {
      if (valid(of(value))) continue
      const [error] = valid.errors ?? []
      return `is wrong at ${`${at}${error?.instancePath ?? ''}` || '/'}: it ${error?.message ?? 'does not fit the schema'}`
    }
    return undefined
  }
}

/** Writes each whole, or leaves it as it was. */
export function writeKnown(dir: string, known: Iterable<KnownFinding>): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  for (const one of known) {
    const file = fileOf(dir, one.finding.fingerprint)
    writeFileSync(`${file}.${process.pid}.tmp`, `${JSON.stringify(one, null, 2)}\n`, { mode: 0o600 })
    renameSync(`${file}.${process.pid}.tmp`, file)
  }
}

export const forgetKnown = (dir: string, fingerprint: string): void => rmSync(fileOf(dir, fingerprint), { force: true })

const fileOf = (dir: string, fingerprint: string): string => path.join(dir, `${fingerprint}.json`)
