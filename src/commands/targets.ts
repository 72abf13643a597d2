import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  type Config,
  isFileWord,
  matchesGlob,
  readConfig,
  runSetup,
  selectTargets,
  sourceId,
  type TargetOptions,
  withConfigs,
} from '../config/index.js'
import {
  ConfigError,
  type ProjectFunction,
  type ProjectProblem,
  type ProjectResource,
  SOURCE_IDS,
  type SourceId,
  type Target,
  TargetError,
} from '../model/index.js'
import type { Untestable } from '../project/index.js'
import { inferPoolTriggers, inferSources } from '../project/infer-sources.js'

/** A function of the project that no target was made of, and where its template says that there is one. */
export interface Untested extends Untestable {
  readonly what: string
  readonly at: string
}

/** What a command works on, and what it cannot work on, with the reason. */
export interface Resolved {
  readonly targets: readonly Target[]
  /** Functions of the project that no target was made of. */
  readonly untested: readonly Untested[]
  /** Triggers of the targets that are not tried. */
  readonly leftOut: readonly Untested[]
  readonly problems: readonly ProjectProblem[]
  readonly functions: readonly ProjectFunction[]
  readonly resources: readonly ProjectResource[]
  /** One line for people for each thing that was inferred. */
  readonly notes: readonly string[]
}

/** Targets for the words of the command line, from the configuration, the project's templates, or files. */
export async function resolveTargets(words: readonly string[], options: TargetOptions, cwd: string): Promise<Resolved> {
  const config = await readConfig(cwd)
  const found = await discover(words, options, config, cwd)
  const refused = found.untested.find(({ what }) => words.includes(what))
  if (refused !== undefined)
    throw new TargetError(`${refused.what} cannot be fuzzed: ${refused.why}. --event <source> says what to send it`)
  const chosen = selectTargets(words, found.targets, options, cwd, (target) => withConfigs(target, config.functions, config.dir))
  if (chosen.length === 0) throw nothing(found)
  const { targets, notes } = inferred(chosen)
  const leftOut = found.leftOut.filter(({ what }) => chosen.some(({ id }) => id === what))
  return {
    ...found,
    leftOut,
    untested: words.length === 0 ? found.untested : [],
    targets: await withSetup(targets, config),
    notes,
  }
}

type Found = Omit<Resolved, 'notes'>

/** The configuration's own targets, or else what the templates say; templates are not read when the command line says it all. */
async function discover(words: readonly string[], options: TargetOptions, config: Config, cwd: string): Promise<Found> {
  const none = { untested: [], leftOut: [], problems: [], functions: [], resources: [] }
  const targets = config.targets.map((target) => withConfigs(target, config.functions, config.dir))
  const isSaid = words.length > 0 && options.events.length > 0 && words.every((word) => isFileWord(word, cwd))
  if (targets.length > 0 || isSaid) return { ...none, targets }
  // Named one by one, a function may be fuzzed as what its template does not say.
  return discoverProject(config, cwd, options.parameters, words.length > 0 ? options.events.map(sourceId) : [])
}

/** All functions of the templates below a directory, with the configuration laid over them. */
export async function discoverProject(
  config: Config,
  cwd: string,
  parameters: Readonly<Record<string, string>> = {},
  asked: readonly SourceId[] = [],
): Promise<Found> {
  const { readProject, seededAnswers, tablesOf, targetOf, triggersLeftOut } = await import('../project/index.js')
  const { functions, problems, resources } = await readProject(cwd, { ...config.parameters, ...parameters })
  const tables = tablesOf(resources)
  const seeded = seededAnswers(resources)
  const targets: Target[] = []
  const untested: Untested[] = []
  const leftOut: Untested[] = []
  for (const fn of functions) {
    const at = placeOf({ ...fn.at, file: path.relative(cwd, fn.at.file) })
    if (config.exclude.some((pattern) => matchesGlob(pattern, fn.id))) {
      untested.push({ what: fn.id, at, why: 'the configuration excludes it' })
      continue
    }
    const made = targetOf(fn, cwd, asked)
    if ('why' in made) untested.push({ what: fn.id, at, ...made })
    else {
      const own = withConfigs({ ...made, tables }, config.functions, config.dir)
      // The owner's own answers come first.
      targets.push({ ...own, fixtures: [...own.fixtures, ...seeded] })
      leftOut.push(...triggersLeftOut(fn).map((why) => ({ what: fn.id, at, why })))
    }
  }
  const shown = problems.map((problem) => ({ ...problem, file: path.relative(cwd, problem.file) || problem.file }))
  return { targets, untested, leftOut, problems: shown, functions, resources }
}

function nothing({ untested, problems }: Found): Error {
  const problem = problems.find(({ unread }) => unread) ?? problems[0]
  const wrong = problem === undefined ? '' : ` ${placeOf(problem)}: ${problem.text}.`
  if (untested.length > 0)
    return new TargetError(
      `No function here can be fuzzed.${wrong} ${untested
        .slice(0, 5)
        .map(({ what, at, why }) => `${at}: ${what}: ${why}`)
        .join(' | ')}`,
    )
  if (problem?.unread) return new TargetError(`No function was found here.${wrong}`)
  return new ConfigError(
    `Nothing to test: there is no template with functions here.${wrong} Name a handler file (eventfuzz fuzz handler.mjs --event sqs), or write an eventfuzz.config.json`,
  )
}

/** `template.yaml:12`, or the file alone. */
export const placeOf = ({ file, line }: Pick<ProjectProblem, 'file' | 'line'>): string =>
  line === null ? file : `${file}:${line}`

/** One line for a function of which nothing says what triggers it. */
export const noSource = ({ id }: Target): ConfigError =>
  new ConfigError(`Say what triggers ${id}: --event <source>, one of ${SOURCE_IDS.join(', ')}`)

/** Files without a template: their own text says what they are written for. */
function inferred(chosen: readonly Target[]): { targets: readonly Target[]; notes: string[] } {
  const notes: string[] = []
  const targets = chosen.map((target) => {
    if (target.sources.length > 0) return withPoolTriggers(target)
    const hints = existsSync(target.file) ? inferSources(readFileSync(target.file, 'utf8')) : []
    if (hints.length === 0) return target
    notes.push(
      `${target.id} is fuzzed as ${hints.map(({ source, why }) => `${source} (${why})`).join(', ')}; --event says otherwise`,
    )
    return withPoolTriggers({ ...target, sources: hints.map(({ source }) => source) })
  })
  return { targets, notes }
}

/** Which triggers of a user pool call a function, its own text says where no template does. */
function withPoolTriggers(target: Target): Target {
  const { cognito } = target.triggers
  if (!target.sources.includes('cognito') || cognito?.cognitoTriggers !== undefined) return target
  const code = existsSync(target.file) ? readFileSync(target.file, 'utf8') : ''
  return { ...target, triggers: { ...target.triggers, cognito: { ...cognito, cognitoTriggers: inferPoolTriggers(code) } } }
}

async function withSetup(targets: readonly Target[], { setup, dir }: Config): Promise<readonly Target[]> {
  if (setup === undefined) return targets
  const configs = await runSetup(setup, { targets: targets.map(({ id, file }) => ({ id, file })) })
  return targets.map((target) => withConfigs(target, configs, dir))
}
