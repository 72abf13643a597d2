import path from 'node:path'
import { type NamedPolicy, SOURCE_IDS, type Target } from '../model/index.js'
import type { FunctionConfig, FunctionConfigs, TargetConfig } from './config.js'
import { durationMs } from './duration.js'
import { matchesGlob } from './glob.js'
import { newTarget } from './new-target.js'
import { readEnvFile, readUserFile, readUserJson } from './read-file.js'
import { repeatedKeys } from './repeated-keys.js'

/** A policy document of a file. Throws ConfigError for a file that cannot be read or is no JSON. */
export function readPolicy(file: string): NamedPolicy {
  const document = readUserJson(file, 'The policy')
  const repeated = repeatedKeys(readUserFile(file, 'The policy'))
  return { name: path.basename(file), document, at: { file, line: 1 }, ...(repeated.length === 0 ? {} : { repeated }) }
}

/** A target that the configuration describes whole. */
export const targetOfConfig = (entry: TargetConfig, dir: string): Target =>
  configured(newTarget({ id: entry.id, file: path.resolve(dir, entry.file), root: dir, sources: entry.events }), entry, dir)

/** The target with every entry that names it laid over it, in order. */
export const withConfigs = (target: Target, configs: FunctionConfigs, dir: string): Target =>
  Object.entries(configs)
    .filter(([pattern]) => matchesGlob(pattern, target.id))
    .reduce((made, [, config]) => configured(made, config, dir), target)

function configured(target: Target, config: FunctionConfig, dir: string): Target {
  const file = config.envFile === undefined ? {} : readEnvFile(path.resolve(dir, config.envFile))
  return {
    ...target,
    file: config.file === undefined ? target.file : path.resolve(dir, config.file),
    export: config.export ?? target.export,
    runtime: config.runtime ?? target.runtime,
    sources: config.events ?? target.sources,
    triggers: mergedTriggers(target, config),
    environment: { ...target.environment, ...file, ...config.environment },
    timeoutMs: config.timeout === undefined ? target.timeoutMs : durationMs(config.timeout, `timeout of '${target.id}'`),
    memoryMb: config.memory ?? target.memoryMb,
    role:
      config.policies === undefined
        ? target.role
        : {
            name: config.role ?? target.role?.name ?? `${target.id}-role`,
            policies: config.policies.map((policy) => readPolicy(path.resolve(dir, policy))),
          },
    // The first fixture that fits wins: those of the configuration come before what was there.
    fixtures: [...(config.fixtures ?? []), ...target.fixtures],
    ...(config.http && { http: [...config.http, ...(target.http ?? [])] }),
    ...(config.instrument && { instrument: config.instrument }),
  }
}

/** Settings of a trigger are laid over the template's one by one. */
function mergedTriggers(target: Target, { triggers = {} }: FunctionConfig): Target['triggers'] {
  const named = SOURCE_IDS.filter((id) => triggers[id] !== undefined || target.triggers[id] !== undefined)
  return Object.fromEntries(named.map((id) => [id, { ...target.triggers[id], ...triggers[id] }]))
}
