import path from 'node:path'
import type { Json, ProjectFunction, ProjectPart, ProjectProblem, ReadOptions } from '../../model/index.js'
import { CompiledTemplate } from '../compiled-template.js'
import { type Code, codeOf } from './code.js'
import { Compilation } from './compile/compilation.js'
import { compileAll } from './compile/index.js'
import { layersUsed } from './compile/lambda.js'
import { Configs, type ModuleConfig } from './config.js'
import { TooMuch } from './evaluate.js'
import { hclParser } from './hcl.js'
import type { Instance } from './instance.js'
import { Scope } from './scope.js'
import { World } from './world.js'

const INSTALL = 'not read: .tf files need a parser beside eventfuzz: npm i -D eventfuzz @cdktn/hcl2json'

/** All that a directory of .tf files says, with the local modules that it calls. */
export async function readDirectory(directory: string, options: ReadOptions): Promise<ProjectPart> {
  const parse = await hclParser()
  if (parse === undefined) return { functions: [], resources: [], problems: [{ file: directory, line: null, text: INSTALL }] }
  const configs = new Configs(options.root, parse)
  const config = await configs.load(directory)
  return readConfig(new World(options.root, directory, configs), config, options)
}

/** From blocks to functions, whoever read the blocks. */
export function readConfig(world: World, config: ModuleConfig, options: ReadOptions): ProjectPart {
  const inputs = (name: string) =>
    Object.hasOwn(options.parameters, name) ? given(options.parameters[name]!) : config.given.get(name)
  const at = { file: config.blocks[0]?.at.file ?? config.directory, line: config.blocks[0]?.at.line ?? null }
  try {
    const scope = new Scope(world, config, '', inputs)
    const part = compiled(config, [...scope.instances()], options)
    return { ...part, problems: [...world.configs.problems, ...part.problems, ...unreadModules(scope)] }
  } catch (error) {
    // Only what expressions make can be too large or too deep: the content's fault, not ours.
    if (!(error instanceof TooMuch) && !(error instanceof RangeError)) throw error
    const text = error instanceof TooMuch ? error.message : 'it is nested too deeply to read'
    return { functions: [], resources: [], problems: [...world.configs.problems, { ...at, text }] }
  }
}

/** `-var` takes texts; lists, numbers and booleans are written as in JSON. */
function given(text: string): Json {
  try {
    return /^(?:\[|\{|true$|false$|-?\d)/.test(text) ? (JSON.parse(text) as Json) : text
  } catch {
    return text // No JSON, so a text.
  }
}

function compiled({ directory, blocks }: ModuleConfig, instances: readonly Instance[], options: ReadOptions): ProjectPart {
  const template = new CompiledTemplate(blocks[0]?.at.file ?? path.join(directory, 'main.tf'))
  const compilation = new Compilation(template, instances)
  compileAll(compilation)
  const byId = new Map(instances.map((each) => [each.id, each]))
  const code = (id: string): Code => codeOf(byId.get(id)!, instances)
  const part = template.read(options, (id) => {
    const found = byId.has(id) ? code(id) : undefined
    return found !== undefined && 'path' in found ? found.path : null
  })
  const byAddress = new Map(instances.map((each) => [each.address, each]))
  return { ...part, functions: part.functions.map((each) => completed(each, byAddress.get(each.id), compilation)) }
}

/** Adds what the template cannot say: layers, and what is in doubt. */
function completed(found: ProjectFunction, instance: Instance | undefined, compilation: Compilation): ProjectFunction {
  if (instance === undefined) return found
  const code = codeOf(instance, compilation.instances)
  const layers = layersUsed(instance, compilation).flatMap((layer) => {
    const each = codeOf(layer, compilation.instances)
    return 'path' in each ? [each.path] : []
  })
  const { doubt } = instance.origin
  const notes = ['why' in code ? code.why : (code.guessed ?? null), doubt].filter((each) => each !== null)
  return {
    ...found,
    code: 'path' in code ? code.path : null,
    layers: [...new Set([...found.layers, ...layers])],
    // Where the code is, we know better than the template that we wrote.
    unresolved: [...new Set([...found.unresolved.filter((note) => !/where its code is/.test(note)), ...notes])],
  }
}

/** Modules from elsewhere may hold functions: say which were not read. */
function unreadModules(scope: Scope): readonly ProjectProblem[] {
  return [...scope.unread()].map(({ body, name, at }) => ({
    ...at,
    text: `module ${name} (${String(body['source'] ?? 'no source')}) is not in the project: it is not read`,
  }))
}
