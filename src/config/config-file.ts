import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import {
  type AwsFixture,
  ConfigError,
  type NamedPolicy,
  readPackageJson,
  type SourceId,
  type Target,
  type Trigger,
} from '../model/index.js'
import { durationMs } from './duration.js'
import { readUserJson } from './read-file.js'

interface TargetEntry {
  readonly id: string
  readonly file: string
  readonly export?: string
  readonly events: readonly SourceId[]
  readonly runtime?: string
  readonly timeout?: string
  readonly memory?: number
  readonly environment?: Readonly<Record<string, string>>
  readonly role?: string
  readonly policies?: readonly string[]
  readonly triggers?: Readonly<Partial<Record<SourceId, Trigger>>>
  readonly fixtures?: readonly AwsFixture[]
}

interface ConfigFile {
  readonly targets?: readonly TargetEntry[]
}

const NAMES = ['eventfuzz.config.mjs', 'eventfuzz.config.js', 'eventfuzz.config.json']

/** The configuration file of a directory, or undefined. */
export const findConfig = (dir: string): string | undefined =>
  NAMES.map((name) => path.join(dir, name)).find((file) => existsSync(file))

/** Reads, checks and resolves a configuration file: its targets, paths absolute. */
export async function targetsOfConfig(file: string): Promise<readonly Target[]> {
  const raw = file.endsWith('.json') ? readUserJson(file, 'The configuration') : await importConfig(file)
  const ajv = new Ajv2020({ strict: false, ownProperties: true, allErrors: false })
  const check = ajv.compile<ConfigFile>(readPackageJson('schemas/config.schema.json'))
  if (!check(raw)) {
    const [error] = check.errors ?? []
    const extra = error?.params['additionalProperty'] ? ` '${String(error.params['additionalProperty'])}'` : ''
    throw new ConfigError(
      `The configuration ${file} is wrong at ${error?.instancePath || '/'}: it ${error?.message ?? 'does not fit'}${extra}`,
    )
  }
  const dir = path.dirname(path.resolve(file))
  const targets = (raw.targets ?? []).map((entry) => targetOf(entry, dir))
  const twice = targets.find((target, i) => targets.findIndex(({ id }) => id === target.id) !== i)
  if (twice !== undefined) throw new ConfigError(`The configuration ${file} has two targets with the id '${twice.id}'`)
  return targets
}

async function importConfig(file: string): Promise<unknown> {
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { default?: unknown }
    return loaded.default
  } catch (error) {
    throw new ConfigError(`The configuration ${file} cannot be loaded: ${String((error as Error).message).split('\n')[0]}`)
  }
}

function targetOf(entry: TargetEntry, dir: string): Target {
  return {
    id: entry.id,
    file: path.resolve(dir, entry.file),
    export: entry.export ?? 'handler',
    root: dir,
    runtime: entry.runtime ?? 'nodejs22.x',
    sources: entry.events,
    triggers: entry.triggers ?? {},
    environment: entry.environment ?? {},
    timeoutMs: durationMs(entry.timeout ?? '3s', `timeout of target '${entry.id}'`),
    memoryMb: entry.memory ?? 128,
    role:
      entry.policies === undefined
        ? null
        : { name: entry.role ?? `${entry.id}-role`, policies: entry.policies.map((file) => readPolicy(path.resolve(dir, file))) },
    fixtures: entry.fixtures ?? [],
  }
}

export const readPolicy = (file: string): NamedPolicy => ({
  name: path.basename(file),
  document: readUserJson(file, 'The policy'),
})
