import type { FileLine, JsonObject, ProjectFunction, ProjectPart, ReadOptions } from '../../model/index.js'
import { CompiledTemplate } from '../compiled-template.js'
import { compileEvents, type ExpectedTrigger } from './events.js'
import { addResources, compileDestinations, compileStateMachines, layersOf } from './extras.js'
import { functionsOf, lambdaResource, providerEnvironment } from './functions.js'
import { readPackaged } from './packaged.js'
import { Roles } from './roles.js'
import { logicalIdOf, Service, type ServiceFunction } from './service.js'
import { SourceFiles } from './source-file.js'
import { TooMuch } from './variables.js'

const NOTHING: ProjectPart = { functions: [], resources: [], problems: [] }

/** All that a serverless.yml says. */
export function readService(file: string, options: ReadOptions): ProjectPart {
  const files = new SourceFiles(options.root, options.edited)
  const program = /\.[cm]?[jt]s$/.test(file)
  const service = program ? undefined : Service.open(file, files, options)
  const written = service === undefined ? NOTHING : readStatically(service, options)
  const packaged = readPackaged(file, written, options)
  if (packaged !== undefined) return { ...packaged, problems: [...packaged.problems, ...(program ? [] : files.problems)] }
  const text = 'not read: it is a program; package it and .serverless/ will be read'
  const problems = program ? [{ file, line: null, text }] : [...written.problems, ...files.problems]
  return { ...written, problems }
}

function readStatically(service: Service, options: ReadOptions): ProjectPart {
  try {
    return compiled(service, options)
  } catch (error) {
    if (!(error instanceof RangeError) && !(error instanceof TooMuch)) throw error
    const text = error instanceof TooMuch ? error.message : 'it is nested too deeply to read'
    service.problem({ file: service.main.source.file, line: 1 }, text)
    return NOTHING
  }
}

function compiled(service: Service, options: ReadOptions): ProjectPart {
  const { cloud } = service
  const functions = functionsOf(service)
  if (cloud !== 'aws') {
    const at = service.at(null)
    if (functions.length > 0) service.problem(at, `its provider is ${cloud ?? 'not said'}, not aws: its functions are left out`)
    return NOTHING
  }
  const template = new CompiledTemplate(service.main.source.file)
  addResources(service, template)
  const provider = providerOf(service)
  const roles = new Roles(service, template)
  for (const each of functions) {
    each.unresolved.push(...provider.unresolved, ...roles.unresolved)
    const resource = lambdaResource(service, each, provider.value, roles.of(each, functions))
    template.add(logicalIdOf(each.key), resource, each.at, { name: each.key })
  }
  const expected = compileEvents(service, template, functions)
  compileDestinations(template, functions)
  compileStateMachines(service, template, functions)
  const part = template.read(options, () => service.directory)
  const layers = (each: ServiceFunction) => layersOf(service, options.root, each.properties, provider.value)
  const byKey = new Map(functions.map((each) => [each.key, each]))
  return { ...part, functions: part.functions.map((each) => completed(each, byKey.get(each.id), expected, layers)) }
}

function providerOf(service: Service): { value: JsonObject; unresolved: readonly string[] } {
  const unresolved: string[] = []
  const value: JsonObject = Object.fromEntries([
    ...['runtime', 'timeout', 'memorySize', 'layers'].flatMap((key) => {
      const part = service.part('provider', key)
      unresolved.push(...part.unresolved)
      return part.value === null || part.unresolved.length > 0 ? [] : [[key, part.value] as const]
    }),
    ['environment', providerEnvironment(service, unresolved)],
  ])
  return { value, unresolved }
}

/** Adds what the template's reader cannot know: notes about variables, layers, and events that it made nothing of. */
function completed(
  found: ProjectFunction,
  source: ServiceFunction | undefined,
  expected: readonly ExpectedTrigger[],
  layers: (source: ServiceFunction) => readonly string[],
): ProjectFunction {
  if (source === undefined) return found
  const wanted = expected.filter(({ functionKey }) => functionKey === source.key)
  const same = (one: FileLine | null, other: FileLine) => one?.line === other.line && one.file === other.file
  // An ARN that is not known tells nothing about its service; the name of the event does.
  const known = found.triggers
    .filter(({ kind }) => kind !== 'direct')
    .map((each) =>
      each.kind === 'event-source' ? { ...each, kind: wanted.find(({ at }) => same(each.at, at))?.kind ?? each.kind } : each,
    )
  const missing = wanted.filter(({ kind, at }) => !known.some((each) => each.kind === kind || same(each.at, at)))
  const triggers = [...known, ...missing.map(({ kind, at }) => ({ kind, trigger: {}, at }))]
  return {
    ...found,
    triggers: triggers.length > 0 ? triggers : found.triggers,
    layers: [...found.layers, ...layers(source)],
    unresolved: [...new Set([...found.unresolved, ...source.unresolved])],
  }
}
