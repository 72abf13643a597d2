import path from 'node:path'
import {
  isJsonObject,
  type Json,
  type JsonObject,
  type ProjectPart,
  type ProjectProblem,
  type ReadOptions,
} from '../../model/index.js'
import { lineOfNode, loadYaml } from '../yaml.js'
import { type Edge, joinEdges } from './edges.js'
import { FUNCTION_TYPES, readFunction } from './function.js'
import { childOf } from './nested.js'
import { readResource } from './resources.js'
import { type Resource, Stack } from './stack.js'
import { edgesOf, permissions } from './triggers/index.js'
import { World } from './world.js'

/** A CloudFormation template as it was loaded, whoever wrote it: SAM, `cdk.out/`, `.serverless/`. */
export interface LoadedTemplate {
  /** Absolute; relative paths inside it are relative to its directory. */
  readonly file: string
  readonly text: string
  readonly value: unknown
  /** Absolute directory of a function's (or layer's) code where the template itself does not say it: CDK assets. null: not known. */
  readonly codeOf?: (logicalId: string, properties: JsonObject) => string | null
}

/**
 * Functions, resources and problems of one template and the local templates nested in it. Never throws for what it holds. A
 * parameter `AWS::StackName` in the options names the stack.
 */
export function readTemplate(template: LoadedTemplate, options: ReadOptions): ProjectPart {
  const world = new World()
  if (!isJsonObject(template.value)) return nothing(template.file)
  const name = options.parameters['AWS::StackName'] ?? path.basename(path.dirname(template.file))
  const root = new Stack(world, withLines(template), { prefix: '', name, options })
  gather(root)
  world.index()
  const edges = invocations(world)
  const functions = world.stacks.flatMap((stack) =>
    functionsOf(stack).map((resource) => {
      const id = stack.prefix + resource.id
      return readFunction(stack, resource, joinEdges(edges.get(id) ?? []), world.destinationsOf(id))
    }),
  )
  return { functions, resources: world.stacks.flatMap(readResource), problems: inOrder(world.problems) }
}

/** In the order of the template. */
const functionsOf = (stack: Stack): readonly Resource[] =>
  [...stack.resources.values()].filter(({ type }) => FUNCTION_TYPES.some((each) => each === type))

/** What invokes each function, by its id; permissions only where nothing else says it. */
function invocations(world: World): ReadonlyMap<string, readonly Edge[]> {
  const known = byFunction(world, world.stacks.flatMap(edgesOf))
  const permitted = byFunction(
    world,
    world.stacks.flatMap((stack) => [...permissions(stack)]),
  )
  return new Map([...permitted, ...known])
}

function byFunction(world: World, edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  const found = new Map<string, Edge[]>()
  for (const edge of edges) {
    const id = edge.to?.startsWith('id:') ? edge.to.slice(3) : world.functionOf(edge.to)
    const list = id === undefined ? undefined : found.get(id)
    if (list !== undefined) list.push(edge)
    else if (id !== undefined) found.set(id, [edge])
  }
  return found
}

/** All stacks, and who has which name, before anybody is asked for by name. */
function gather(stack: Stack): void {
  stack.world.stacks.push(stack)
  for (const resource of stack.resources.values()) {
    const child = childOf(stack, resource)
    if (child !== undefined) gather(child)
  }
}

/** As people read: file by file, from top to bottom, each once. */
function inOrder(problems: readonly ProjectProblem[]): readonly ProjectProblem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]))
  return [...once.values()].sort((a, b) => (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1))
}

const nothing = (file: string): ProjectPart => ({
  functions: [],
  resources: [],
  problems: [{ file, line: 1, text: 'It is no template: it must hold a mapping with Resources' }],
})

/** Whoever parsed the template without us has no line numbers: read its text once more for them. */
function withLines(template: LoadedTemplate): LoadedTemplate {
  if (lineOfNode(template.value) !== null || template.text === '') return template
  try {
    const { value } = loadYaml(template.text)
    return isJsonObject(value as Json) ? { ...template, value } : template
  } catch {
    return template // Only lines are lost: the value is already there.
  }
}
