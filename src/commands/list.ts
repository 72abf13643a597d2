import path from 'node:path'
import { readConfig } from '../config/index.js'
import type { ProjectFunction, ProjectProblem, ProjectTrigger, Target } from '../model/index.js'
import { handlerFile } from '../project/handler-file.js'
import { discoverProject, placeOf } from './targets.js'

/** One function as `list` shows it. Values of the environment are left out: they may be secrets. */
export interface ListedFunction {
  readonly id: string
  readonly template: string
  /** Handler as `file#export`; null when it was not found. */
  readonly handler: string | null
  readonly runtime: string | null
  readonly timeoutMs: number | null
  readonly memoryMb: number | null
  readonly environment: readonly string[]
  readonly triggers: readonly ProjectTrigger[]
  readonly role: { readonly name: string; readonly policies: readonly string[]; readonly managed: readonly string[] } | null
  readonly unresolved: readonly string[]
  /** Why it cannot be fuzzed; null when it can. */
  readonly notTested: string | null
}

export interface Listing {
  readonly functions: readonly ListedFunction[]
  readonly problems: readonly ProjectProblem[]
}

/** What the templates and the configuration of a directory say. Runs nothing. */
export async function list(cwd: string, parameters: Readonly<Record<string, string>> = {}): Promise<Listing> {
  const config = await readConfig(cwd)
  if (config.targets.length > 0) return { functions: config.targets.map((target) => ofTarget(target, cwd)), problems: [] }
  const { functions, targets, untested, leftOut, problems } = await discoverProject(config, cwd, parameters)
  const whyNot = new Map(untested.map(({ what, why }) => [what, why]))
  const left = new Map<string, readonly string[]>()
  for (const { what, why } of leftOut) left.set(what, [...(left.get(what) ?? []), why])
  const targetOf = new Map(targets.map((target) => [target.id, target]))
  const listed = functions.map((fn) => ofFunction(fn, targetOf.get(fn.id), whyNot.get(fn.id) ?? null, cwd))
  return { functions: listed.map((fn) => ({ ...fn, unresolved: [...fn.unresolved, ...(left.get(fn.id) ?? [])] })), problems }
}

const shown = (file: string, cwd: string): string => path.relative(cwd, file) || file

const handlerOf = (target: Pick<Target, 'file' | 'export'>, cwd: string): string => `${shown(target.file, cwd)}#${target.export}`

function ofFunction(fn: ProjectFunction, target: Target | undefined, notTested: string | null, cwd: string): ListedFunction {
  const found = target ?? handlerFile(fn, cwd)
  // Where two things keep a function from being fuzzed, both are said.
  const isNode = fn.runtime === null || fn.runtime.startsWith('nodejs')
  const missing = 'why' in found && isNode && fn.code !== null && found.why !== notTested ? [found.why] : []
  return {
    id: fn.id,
    template: placeOf({ file: shown(fn.at.file, cwd), line: fn.at.line }),
    handler: 'why' in found ? null : handlerOf(found, cwd),
    runtime: target?.runtime ?? fn.runtime,
    timeoutMs: target?.timeoutMs ?? fn.timeoutMs,
    memoryMb: target?.memoryMb ?? fn.memoryMb,
    environment: Object.keys(target?.environment ?? fn.environment),
    triggers: fn.triggers.map((trigger) => ({
      ...trigger,
      at: trigger.at === null ? null : { ...trigger.at, file: shown(trigger.at.file, cwd) },
    })),
    role:
      fn.role === null
        ? null
        : { name: fn.role.name, policies: fn.role.policies.map(({ name }) => name), managed: fn.role.managed },
    unresolved: [...fn.unresolved, ...missing],
    notTested,
  }
}

const ofTarget = (target: Target, cwd: string): ListedFunction => ({
  id: target.id,
  template: '',
  handler: handlerOf(target, cwd),
  runtime: target.runtime,
  timeoutMs: target.timeoutMs,
  memoryMb: target.memoryMb,
  environment: Object.keys(target.environment),
  triggers: target.sources.map((kind) => ({ kind, trigger: target.triggers[kind] ?? {}, at: null })),
  role:
    target.role === null
      ? null
      : { name: target.role.name, policies: target.role.policies.map(({ name }) => name), managed: target.role.managed ?? [] },
  unresolved: [],
  notTested: null,
})
