import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { SuggestedPolicy } from '../iam/index.js'
import type { Json, NamedPolicy, ProjectFunction, Role, Target } from '../model/index.js'
import { editPolicies, type Project, readProject } from '../project/index.js'

/** A file as it is, and as it is suggested to be: null, nothing of it is needed. */
export interface FileEdit {
  /** As the user writes it. */
  readonly file: string
  readonly before: string
  readonly after: string | null
}

/** Edits of files, and for each suggestion why none stands for it: null where one does. */
export interface TemplateEdits {
  readonly files: readonly FileEdit[]
  readonly refused: readonly (string | null)[]
}

export interface EditOptions {
  readonly cwd: string
  readonly parameters: Readonly<Record<string, string>>
  readonly targets: readonly Target[]
  /** Proves what a role would then have. */
  failures(role: string, after: readonly NamedPolicy[]): readonly string[]
}

/**
 * Puts suggestions where the templates have their policies. Each edited file is read again: the edit stands only when the role then
 * passes the proof and nothing else of the project has changed.
 */
export async function templateEdits(suggestions: readonly SuggestedPolicy[], options: EditOptions): Promise<TemplateEdits> {
  const refused: (string | null)[] = suggestions.map((one) => placeless(one))
  const byFile = new Map<string, number[]>()
  for (const [i, { at }] of suggestions.entries())
    if (refused[i] === null)
      byFile.set(path.resolve(options.cwd, at!.file), [...(byFile.get(path.resolve(options.cwd, at!.file)) ?? []), i])
  if (byFile.size === 0) return { files: [], refused }
  const project = await readProject(options.cwd, options.parameters)
  const files: FileEdit[] = []
  for (const [file, indexes] of byFile) {
    const made = await editFile(
      file,
      indexes.map((i) => suggestions[i]!),
      project,
      options,
    )
    for (const [k, i] of indexes.entries()) refused[i] = made.refused[k]!
    files.push(...made.files)
  }
  return { files, refused }
}

/** Why there are no lines to change, where that can be said without looking. */
function placeless({ at }: SuggestedPolicy): string | null {
  if (at === null || at === undefined) return 'It has no lines in the project'
  if (/\.tf(?:\.json)?$/.test(at.file)) return 'Terraform policies are not edited'
  if (/(?:^|[/\\])(?:cdk\.out|\.serverless|\.aws-sam)[/\\]/.test(at.file))
    return 'The file is generated: change what it is made of'
  return existsSync(at.file) ? null : 'Its file is not there'
}

async function editFile(
  file: string,
  suggestions: readonly SuggestedPolicy[],
  project: Project,
  options: EditOptions,
): Promise<TemplateEdits> {
  const before = readFileSync(file, 'utf8')
  const shown = path.relative(options.cwd, file)
  if (isPolicyFile(suggestions)) return editPolicyFile(shown, before, suggestions[0]!, options)
  const attempt = async (some: readonly SuggestedPolicy[]): Promise<{ text: string; why: (string | null)[] }> => {
    const changes = some.map(({ at, before: old, document, statements }) => ({
      ...{ line: at!.line, before: old, statements: document === null ? null : statements },
    }))
    const { text, refused } = editPolicies(before, changes, project.resources)
    const wrong = await wrongWith(
      file,
      text,
      some.filter((_, i) => refused[i] === null),
      project,
      options,
    )
    return { text, why: refused.map((why) => why ?? wrong) }
  }
  const all = await attempt(suggestions)
  if (all.why.some((why) => why === null)) return { files: fileOf(shown, before, all.text), refused: all.why }
  // One that goes wrong does not spoil the others.
  const alone: (string | null)[] = suggestions.length === 1 ? [all.why[0]!] : []
  if (suggestions.length > 1) for (const one of suggestions) alone.push((await attempt([one])).why[0]!)
  const good = suggestions.filter((_, i) => alone[i] === null)
  if (good.length === 0) return { files: [], refused: alone }
  const again = await attempt(good)
  const refused: (string | null)[] = suggestions.map((one, i) => alone[i] ?? again.why[good.indexOf(one)] ?? null)
  return { files: refused.includes(null) ? fileOf(shown, before, again.text) : [], refused }
}

const fileOf = (file: string, before: string, after: string): FileEdit[] => (after === before ? [] : [{ file, before, after }])

/** A file that is nothing but one policy. */
const isPolicyFile = ([one, ...others]: readonly SuggestedPolicy[]): boolean => {
  if (others.length > 0 || one?.at?.line !== 1) return false
  try {
    return isDeepStrictEqual(JSON.parse(readFileSync(one.at.file, 'utf8')), one.before)
  } catch {
    return false // YAML, then: a template.
  }
}

function editPolicyFile(file: string, before: string, one: SuggestedPolicy, { targets, failures }: EditOptions): TemplateEdits {
  if (one.document === null) return { files: [{ file, before, after: null }], refused: [null] }
  const change = { line: 1, before: one.before, statements: one.statements }
  const { text, refused } = editPolicies(before, [change], [])
  const role = targets.find((target) => target.role?.name === one.role)?.role
  const after = role?.policies.map((policy) =>
    policy.name === one.policy ? { ...policy, document: JSON.parse(text) as Json } : policy,
  )
  const wrong = refused[0] ?? failures(one.role, after ?? [])[0] ?? null
  return { files: wrong === null ? [{ file, before, after: text }] : [], refused: [wrong] }
}

/** What an edit of a template would break, for people; null: nothing. */
async function wrongWith(
  file: string,
  text: string,
  done: readonly SuggestedPolicy[],
  project: Project,
  { cwd, parameters, failures }: EditOptions,
): Promise<string | null> {
  if (done.length === 0) return null
  const edited = await readProject(cwd, parameters, new Map([[file, text]]))
  const changed = new Set(done.map(({ role }) => role))
  if (!isDeepStrictEqual(restOf(edited, changed), restOf(project, changed)))
    return 'Other parts of the template would change with it'
  for (const role of changed) {
    const [old, now] = [roleIn(project.functions, role), roleIn(edited.functions, role)]
    if (old === undefined || now === undefined) return 'The role could not be read again'
    const kept = old.policies.filter(({ name }) => !done.some((one) => one.role === role && one.policy === name))
    const lost = kept.find(({ document }) => !now.policies.some((one) => isDeepStrictEqual(one.document, document)))
    if (lost !== undefined) return `Policy ${lost.name} would change with it`
    const [failure] = failures(role, now.policies)
    if (failure !== undefined) return `Read again, ${failure}`
  }
  return null
}

const roleIn = (functions: readonly ProjectFunction[], name: string): Role | undefined =>
  functions.find(({ role }) => role?.name === name)?.role ?? undefined

/** All that is said of a project but lines, and the policies of roles that are to change. */
function restOf({ functions, resources, problems }: Project, roles: ReadonlySet<string>): unknown {
  const rest = {
    resources,
    problems: problems.map((problem) => problem.text),
    functions: functions.map(({ role, ...fn }) => ({
      ...{ ...fn, role: role !== null && roles.has(role.name) ? { ...role, policies: [] } : role },
    })),
  }
  return JSON.parse(JSON.stringify(rest, (key, value: unknown) => (key === 'at' ? undefined : value)))
}
