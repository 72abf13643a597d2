import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ConfigError, readPackageJson } from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'
import type { Config, FunctionConfigs, Setup, SetupContext, UserConfig } from './config.js'
import { targetOfConfig } from './function-config.js'
import { liveConfig } from './live-config.js'
import { readUserJson } from './read-file.js'

const NAMES = ['eventfuzz.config.mjs', 'eventfuzz.config.js', 'eventfuzz.config.json']

/** Reads and checks the configuration of a directory; without a file, one that says nothing. */
export async function readConfig(dir: string): Promise<Config> {
  const file = NAMES.map((name) => path.join(dir, name)).find((one) => existsSync(one))
  const none: UserConfig = {}
  const raw = file === undefined ? none : file.endsWith('.json') ? readUserJson(file, 'The configuration') : await imported(file)
  const checked = check(raw, `The configuration ${file ?? ''}`)
  const targets = (checked.targets ?? []).map((entry) => targetOfConfig(entry, dir))
  const twice = targets.find((target, i) => targets.findIndex(({ id }) => id === target.id) !== i)
  if (twice !== undefined) throw new ConfigError(`The configuration ${file} has two targets with the id '${twice.id}'`)
  return {
    file,
    dir,
    targets,
    functions: checked.functions ?? {},
    exclude: checked.exclude ?? [],
    parameters: checked.parameters ?? {},
    setup: await setupOf(raw as UserConfig, dir),
    plugins: (checked.plugins ?? []).map((plugin) => path.resolve(dir, plugin)),
    strategies: (checked.strategies ?? []).map((strategy) => path.resolve(dir, strategy)),
    rules: checked.rules ?? {},
    live: checked.live === undefined ? undefined : liveConfig(checked.live, dir),
  }
}

/** Asks the setup hook; what it returns is checked like the configuration itself. */
export async function runSetup(setup: Setup, context: SetupContext): Promise<FunctionConfigs> {
  let answer: unknown
  try {
    answer = await setup(context)
  } catch (error) {
    throw new ConfigError(`The setup hook failed: ${firstLine(error)}`)
  }
  return check({ functions: answer ?? {} }, 'What the setup hook returned').functions ?? {}
}

/** A hook is code: the schema sees the configuration without it. */
function check(raw: unknown, what: string): UserConfig {
  const plain = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? withoutHook(raw as UserConfig) : raw
  const valid = ownSchema<UserConfig>(readPackageJson('schemas/config.schema.json'))
  if (valid(plain)) return plain
  const [error] = valid.errors ?? []
  const extra = error?.params['additionalProperty'] ? ` '${String(error.params['additionalProperty'])}'` : ''
  throw new ConfigError(`${what} is wrong at ${error?.instancePath || '/'}: it ${error?.message ?? 'does not fit'}${extra}`)
}

function withoutHook(raw: UserConfig): unknown {
  const { setup, ...rest } = raw
  return typeof setup === 'function' ? rest : raw
}

async function setupOf({ setup }: UserConfig, dir: string): Promise<Setup | undefined> {
  const hook = typeof setup === 'string' ? await imported(path.resolve(dir, setup)) : setup
  if (hook === undefined || typeof hook === 'function') return hook as Setup | undefined
  throw new ConfigError(`The setup hook ${String(setup)} has no function as its default export`)
}

async function imported(file: string): Promise<unknown> {
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { default?: unknown }
    return loaded.default
  } catch (error) {
    throw new ConfigError(`The configuration ${file} cannot be loaded: ${firstLine(error)}`)
  }
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? String(error.message) : String(error)).split('\n')[0] ?? ''
