import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, SOURCE_IDS, type SourceId, type Target } from '../model/index.js'
import { readPolicy } from './function-config.js'
import { matchesGlob } from './glob.js'
import { nearest } from './nearest.js'
import { newTarget } from './new-target.js'

/** What the command line says of all targets. */
export interface TargetOptions {
  readonly events: readonly string[]
  readonly policies: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  readonly timeoutMs: number | undefined
  readonly memoryMb: number | undefined
  readonly runtime: string | undefined
  /** Values of template parameters; they win over the configuration's. */
  readonly parameters?: Readonly<Record<string, string>>
  /** Packages that are looked into besides those of the configuration. */
  readonly instrument?: readonly string[]
}

/** Targets for the words of the command line: paths (`file#export`), ids, ids with `*`; no word: every known target. A file that is not known has no sources yet; `configured` lays the configuration over it. */
export function selectTargets(
  words: readonly string[],
  known: readonly Target[],
  options: TargetOptions,
  cwd: string,
  configured: (target: Target) => Target = (target) => target,
): readonly Target[] {
  const events = options.events.map(sourceId)
  const found =
    words.length === 0
      ? known
      : words.flatMap((word) => resolveWord(word, known, cwd).map((one) => (known.includes(one) ? one : configured(one))))
  const unique = [...new Map(found.map((target) => [target.id, target])).values()]
  return unique.map((target) => override(target, events, options))
}

/** True for a word that names a file, not an id. */
export const isFileWord = (word: string, cwd: string): boolean => {
  const file = path.resolve(cwd, splitWord(word, cwd)[0])
  return existsSync(file) && statSync(file).isFile()
}

function resolveWord(word: string, known: readonly Target[], cwd: string): readonly Target[] {
  if (/^(?:https?:|arn:)/.test(word)) throw new ConfigError(`'${word}' really runs somewhere: only fuzz --live attacks it`)
  const byId = known.filter(({ id }) => id === word || (word.includes('*') && matchesGlob(word, id)))
  const [file, name] = splitWord(word, cwd)
  const absolute = path.resolve(cwd, file)
  const isFile = existsSync(absolute) && statSync(absolute).isFile()
  if (byId.length > 0 && isFile && byId[0]!.file !== absolute) {
    throw new ConfigError(
      `'${word}' is ambiguous: the target '${byId[0]!.id}' of the configuration (${byId[0]!.file}) or the file ${absolute}. Write ./${word} for the file`,
    )
  }
  if (byId.length > 0) return byId
  const sameFile = known.filter((target) => target.file === absolute && (name === undefined || target.export === name))
  if (sameFile.length > 0) return sameFile
  if (!isFile && existsSync(absolute)) throw new ConfigError(`${word} is no file: name the handler's file`)
  if (!isFile && !/[./]/.test(file)) throw unknown(word, known)
  return [fileTarget(absolute, name ?? 'handler', cwd)]
}

/** `file#export`; a file whose own name holds a # is meant whole. */
function splitWord(word: string, cwd: string): readonly [file: string, name: string | undefined] {
  const at = word.lastIndexOf('#')
  return at === -1 || existsSync(path.resolve(cwd, word)) ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

function unknown(word: string, known: readonly Target[]): ConfigError {
  const near = nearest(
    word,
    known.map(({ id }) => id),
  )
  const ids = known.length === 0 ? 'none is known here' : `known targets: ${known.map(({ id }) => id).join(', ')}`
  return new ConfigError(`No target '${word}': ${ids}${near === undefined ? '' : `. Did you mean '${near}'?`}`)
}

const fileTarget = (file: string, name: string, cwd: string): Target =>
  newTarget({
    id: `${path.relative(cwd, file)}${name === 'handler' ? '' : `#${name}`}`,
    file,
    export: name,
    root: packageRoot(path.dirname(file)),
  })

/** The nearest directory with a package.json, not beyond the repository; the handler's own directory when there is none. */
function packageRoot(start: string): string {
  for (let dir = start; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'package.json'))) return dir
    if (existsSync(path.join(dir, '.git')) || dir === path.dirname(dir)) return start
  }
}

function override(target: Target, events: readonly SourceId[], options: TargetOptions): Target {
  const instrument = [...(target.instrument ?? []), ...(options.instrument ?? [])]
  return {
    ...target,
    sources: events.length > 0 ? events : target.sources,
    environment: { ...target.environment, ...options.environment },
    timeoutMs: options.timeoutMs ?? target.timeoutMs,
    memoryMb: options.memoryMb ?? target.memoryMb,
    runtime: options.runtime ?? target.runtime,
    role:
      options.policies.length === 0
        ? target.role
        : { name: target.role?.name ?? 'role', policies: options.policies.map((file) => readPolicy(file)) },
    ...(instrument.length > 0 && { instrument: [...new Set(instrument)] }),
  }
}

/** A source named by the user, or one line that lists the known ones. */
export function sourceId(name: string): SourceId {
  const found = SOURCE_IDS.find((id) => id === name)
  if (found !== undefined) return found
  const near = nearest(name, SOURCE_IDS)
  throw new ConfigError(
    `No event source '${name}'. Known: ${SOURCE_IDS.join(', ')}${near === undefined ? '' : `. Did you mean '${near}'?`}`,
  )
}
