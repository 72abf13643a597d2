import { existsSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { readUserJson } from '../config/index.js'
import { ConfigError, type Report, readPackageJson } from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'
import { unfinishedRun } from './unfinished-run.js'

const SCHEMA_VERSION = 1
const HEADER = 'run.json'

/** 20,000 findings with large events; more than that cannot be rendered anyhow. */
const MOST_BYTES = 512 * 1024 * 1024

/** The report of a stored run: `last`, the id of a run, its directory, or a report.json. ConfigError when it is none of ours. */
export const storedReport = (what: string, cwd: string): Report => storedRun(what, cwd).report

/** With the directory that holds it. */
export function storedRun(what: string, cwd: string): { readonly report: Report; readonly dir: string } {
  const file = reportFile(what, cwd)
  const value = readValue(file) as { readonly schemaVersion?: unknown } | null
  const version = value?.schemaVersion
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    throw new ConfigError(
      `The report ${file} was written by a newer eventfuzz (schema ${version}, this one reads ${SCHEMA_VERSION}): update eventfuzz`,
    )
  const valid = ownSchema<Report>(readPackageJson('schemas/report.schema.json'))
  if (valid(value)) return { report: value, dir: realpathSync(path.dirname(file)) }
  const [error] = valid.errors ?? []
  throw new ConfigError(
    `The report ${file} is not one of eventfuzz: at ${error?.instancePath || '/'} it ${error?.message ?? 'does not fit the schema'}`,
  )
}

/** Of a run that was killed: what it had written by then. */
function readValue(file: string): unknown {
  if (path.basename(file) !== HEADER) return readUserJson(file, 'The report', MOST_BYTES)
  try {
    return unfinishedRun(path.dirname(file))
  } catch (error) {
    throw new ConfigError(
      `The run ${path.dirname(file)} did not end, and what it wrote cannot be read: ${(error as Error).message}`,
    )
  }
}

function reportFile(what: string, cwd: string): string {
  const named = path.resolve(cwd, what)
  const runs = path.join(cwd, '.eventfuzz')
  const places =
    what === 'last' ? [path.join(runs, 'last')] : [named, ...(isPlainName(what) ? [path.join(runs, 'runs', what)] : [])]
  const place = places.find((one) => existsSync(one))
  if (place === undefined)
    throw new ConfigError(
      what === 'last'
        ? "There is no run here yet: run 'eventfuzz fuzz' first, or name the directory of a run"
        : `There is no run '${what}': name 'last', the id or the directory of a run, or its report.json`,
    )
  if (!statSync(place).isDirectory()) return place
  const file = path.join(place, 'report.json')
  if (existsSync(file)) return file
  if (existsSync(path.join(place, HEADER))) return path.join(place, HEADER)
  throw new ConfigError(
    existsSync(path.join(place, 'findings.jsonl'))
      ? `The run ${place} did not end, and has no report.json: its findings.jsonl holds what was found until then`
      : `${place} is not the directory of a run: it has no report.json`,
  )
}

const isPlainName = (what: string): boolean => /^[\w.-]+$/.test(what) && what !== '.' && what !== '..'
