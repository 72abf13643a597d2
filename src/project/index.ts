import path from 'node:path'
import type { ProjectFunction, ProjectPart, ProjectProblem, ProjectReader, ProjectResource } from '../model/index.js'
import { filesBelow } from './walk.js'

export { editPolicies, type PolicyChange, type PolicyEdits } from './edit/edit-policies.js'
export { seededAnswers } from './seeded-answers.js'
export { tablesOf } from './tables.js'
export { targetOf, triggersLeftOut, type Untestable } from './target-of.js'

/** All that the templates below a directory say. */
export interface Project {
  readonly root: string
  readonly functions: readonly ProjectFunction[]
  readonly resources: readonly ProjectResource[]
  readonly problems: readonly ProjectProblem[]
}

/** Doors, not a list: their parsers are loaded when there is something to read. */
const readers: readonly (() => Promise<ProjectReader>)[] = [
  async () => (await import('./sam.js')).sam,
  async () => (await import('./serverless.js')).serverless,
  async () => (await import('./terraform.js')).terraform,
  async () => (await import('./cdk.js')).cdk,
]

/** Reads every template below `root`. Never throws for what a template holds. */
export async function readProject(
  root: string,
  parameters: Readonly<Record<string, string>>,
  edited: ReadonlyMap<string, string> = new Map(),
): Promise<Project> {
  const files = filesBelow(root)
  const parts: ProjectPart[] = []
  for (const open of readers) {
    const reader = await open()
    for (const entry of reader.find(files, root)) parts.push(await reader.read(entry, { root, parameters, edited }))
  }
  return {
    root,
    functions: unique(
      parts.flatMap(({ functions }) => functions),
      root,
    ),
    resources: parts.flatMap(({ resources }) => resources),
    problems: parts.flatMap(({ problems }) => problems),
  }
}

/** Templates of a project may use one logical id: then the directories of those that are not at its root stand before it, else a number after it. */
function unique(functions: readonly ProjectFunction[], root: string): readonly ProjectFunction[] {
  const count = new Map<string, number>()
  for (const { id } of functions) count.set(id, (count.get(id) ?? 0) + 1)
  const taken = new Set<string>()
  return functions.map((fn) => {
    const dir = path.relative(root, path.dirname(fn.at.file)).replaceAll(path.sep, '/')
    const wanted = count.get(fn.id) === 1 || dir === '' ? fn.id : `${dir}/${fn.id}`
    let id = wanted
    for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`
    taken.add(id)
    return id === fn.id ? fn : { ...fn, id }
  })
}
