import { readdirSync } from 'node:fs'
import path from 'node:path'
import { type FileLine, isJsonObject, type Json, type JsonObject, type ProjectProblem } from '../../model/index.js'
import { inside, readInside } from '../safe-path.js'
import { lineOfNode, loadYaml } from '../yaml.js'
import { HclError, type HclParser } from './hcl.js'
import { KNOWN_MODULES } from './known-modules/index.js'

/** A `resource`, `data` or `module` block. */
export interface Block {
  readonly kind: 'resource' | 'data' | 'module'
  readonly type: string
  readonly name: string
  readonly body: JsonObject
  readonly at: FileLine
  /** Of one instance, where a plan has carried out count and for_each. */
  readonly key?: string | number
  /** The module that is called, where a plan holds it. */
  readonly config?: ModuleConfig
}

/** The blocks of one directory, unevaluated. */
export interface ModuleConfig {
  readonly directory: string
  readonly blocks: Block[]
  readonly variables: Map<string, Json | undefined>
  readonly locals: Map<string, Json>
  readonly outputs: Map<string, Json>
  /** Values for variables, from *.tfvars. */
  readonly given: Map<string, Json>
}

export const list = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value]

export const blocksOf = (value: Json | undefined): readonly JsonObject[] => list(value).filter(isJsonObject)

/** Reads directories of .tf files, each once, and the local modules that they name. */
export class Configs {
  readonly problems: ProjectProblem[] = []
  readonly modules = new Map<string, ModuleConfig>()
  private readonly root: string
  private readonly parse: HclParser

  constructor(root: string, parse: HclParser) {
    this.root = root
    this.parse = parse
  }

  async load(directory: string): Promise<ModuleConfig> {
    const known = this.modules.get(directory)
    if (known !== undefined) return known
    const config = emptyConfig(directory)
    this.modules.set(directory, config)
    for (const name of namesIn(directory)) {
      const file = path.join(directory, name)
      if (/\.tf(?:\.json)?$/.test(name)) await this.readFile(file, (value, lines) => addBlocks(config, file, value, lines))
      else if (/^(?:terraform|.*\.auto)\.tfvars(?:\.json)?$/.test(name))
        await this.readFile(file, (value) => addGiven(config, value))
    }
    for (const block of config.blocks.filter(({ kind }) => kind === 'module')) await this.follow(block)
    return config
  }

  /** The directory or the well-known module that a module block names. */
  async follow({ body, at }: Block): Promise<void> {
    const { source } = body
    if (typeof source !== 'string' || !/^\.\.?\//.test(source)) return
    const directory = inside(this.root, path.dirname(at.file), source)
    if (directory === undefined) this.problems.push({ ...at, text: `module source ${source} is outside the project` })
    else if (namesIn(directory).length === 0) this.problems.push({ ...at, text: `module source ${source} has no .tf file` })
    else await this.load(directory)
  }

  /** The module that a block calls, if it is in the project or one that we know. */
  called({ body, at, config }: Block): ModuleConfig | undefined {
    if (config !== undefined) return config
    const source = String(body['source'] ?? '')
    const known = KNOWN_MODULES.find(({ pattern }) => pattern.test(source))
    if (known !== undefined) return knownConfig(known.config, at)
    const directory = /^\.\.?\//.test(source) ? inside(this.root, path.dirname(at.file), source) : undefined
    return directory === undefined ? undefined : this.modules.get(directory)
  }

  private async readFile(file: string, use: (value: JsonObject, lines: Lines) => void): Promise<void> {
    try {
      const text = readInside(this.root, file)
      const isJson = file.endsWith('.json')
      const value = isJson ? (loadYaml(text).value as Json) : await this.parse(file, text)
      if (isJsonObject(value)) use(value, isJson ? jsonLines : hclLines(text))
    } catch (error) {
      const { message } = error as Error
      const line = error instanceof HclError ? error.line : ((error as { line?: number | null }).line ?? null)
      this.problems.push({ file, line, text: message, unread: true })
    }
  }
}

/** The line on which a block begins. */
type Lines = (kind: string, type: string, name: string, body: Json) => number

const jsonLines: Lines = (_kind, _type, _name, body) => lineOfNode(body) ?? 1

function hclLines(text: string): Lines {
  const lines = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    const found = /^\s*(resource|data|module)\s+"?([\w-]+)"?(?:\s+"?([\w-]+)"?)?\s*\{/.exec(line)
    if (found !== null) lines.set(found.slice(1).join(' ').trim(), index + 1)
  }
  return (kind, type, name) => lines.get(kind === 'module' ? `module ${name}` : `${kind} ${type} ${name}`) ?? 1
}

function emptyConfig(directory: string): ModuleConfig {
  return { directory, blocks: [], variables: new Map(), locals: new Map(), outputs: new Map(), given: new Map() }
}

function addBlocks(config: ModuleConfig, file: string, value: JsonObject, lineOf: Lines): void {
  for (const kind of ['resource', 'data'] as const)
    for (const types of blocksOf(value[kind]))
      for (const [type, named] of Object.entries(types))
        for (const [name, bodies] of entriesOf(named))
          for (const body of blocksOf(bodies))
            config.blocks.push({ kind, type, name, body, at: { file, line: lineOf(kind, type, name, body) } })
  for (const [name, bodies] of entriesOf(value['module']))
    for (const body of blocksOf(bodies))
      config.blocks.push({ kind: 'module', type: '', name, body, at: { file, line: lineOf('module', '', name, body) } })
  for (const [name, bodies] of entriesOf(value['variable'])) config.variables.set(name, blocksOf(bodies)[0]?.['default'])
  for (const [name, bodies] of entriesOf(value['output'])) config.outputs.set(name, blocksOf(bodies)[0]?.['value'] ?? null)
  for (const locals of blocksOf(value['locals']))
    for (const [name, local] of Object.entries(locals)) config.locals.set(name, local)
}

const entriesOf = (value: Json | undefined): readonly [string, Json][] => blocksOf(value).flatMap((each) => Object.entries(each))

function addGiven(config: ModuleConfig, value: JsonObject): void {
  for (const [name, given] of Object.entries(value)) config.given.set(name, given)
}

/** A module from the registry, as we wrote it down, with the place of the block that calls it. */
function knownConfig(value: JsonObject, at: FileLine): ModuleConfig {
  const config = emptyConfig(path.dirname(at.file))
  addBlocks(config, at.file, value, () => at.line)
  return config
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((name) => /\.(?:tf|tfvars)(?:\.json)?$/.test(name))
      .sort()
  } catch {
    return [] // No directory: nothing to read there.
  }
}
