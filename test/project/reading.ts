import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { ProjectFunction, ProjectPart, ProjectReader } from '#src/model/index.js'
import { filesBelow } from '#src/project/walk.js'

const made: string[] = []
after(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true })
})

/** A project in a directory of its own, from the texts of its files. */
export function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-project-'))
  made.push(root)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  return root
}

/** Everything that a reader finds below a root, with paths relative to it. */
export async function readAll(
  reader: ProjectReader,
  root: string,
  parameters: Record<string, string> = {},
): Promise<ProjectPart> {
  const parts: ProjectPart[] = []
  for (const entry of reader.find(filesBelow(root), root)) parts.push(await reader.read(entry, { root, parameters }))
  const text = JSON.stringify({
    functions: parts.flatMap(({ functions }) => functions),
    resources: parts.flatMap(({ resources }) => resources),
    problems: parts.flatMap(({ problems }) => problems),
  })
  return JSON.parse(
    text.replaceAll(`${JSON.stringify(root).slice(1, -1)}/`, '').replaceAll(JSON.stringify(root), '"."'),
  ) as ProjectPart
}

/** The function of an id; a test without it says which there are. */
export function functionOf({ functions, problems }: ProjectPart, id: string): ProjectFunction {
  const found = functions.find((each) => each.id === id)
  if (found === undefined)
    throw new Error(`no ${id} among ${functions.map((each) => each.id).join(', ')}; ${JSON.stringify(problems)}`)
  return found
}

/** `kind {trigger}` of each trigger: what tables compare. */
export const triggersOf = ({ triggers }: ProjectFunction): readonly string[] =>
  triggers.map(({ kind, trigger }) => `${kind} ${JSON.stringify(trigger)}`)
