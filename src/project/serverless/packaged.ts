import { existsSync } from 'node:fs'
import path from 'node:path'
import type { ProjectFunction, ProjectPart, ReadOptions } from '../../model/index.js'
import { readTemplate } from '../cfn/index.js'
import { inside, readInside } from '../safe-path.js'
import { loadYaml } from '../yaml.js'
import { logicalIdOf } from './service.js'

const TEMPLATE = '.serverless/cloudformation-template-update-stack.json'

/** The template that `serverless package` wrote beside a service, if it is there: it holds what plugins and variables came to. */
export function readPackaged(file: string, written: ProjectPart, options: ReadOptions): ProjectPart | undefined {
  const directory = path.dirname(file)
  const template = inside(options.root, directory, TEMPLATE)
  if (template === undefined || !existsSync(template)) return undefined
  try {
    const text = readInside(options.root, template)
    const part = readTemplate({ file: template, text, value: loadYaml(text).value, codeOf: () => directory }, options)
    return merged(part, written, file)
  } catch (error) {
    const { message, line } = error as Error & { line?: number | null }
    const problem = { file: template, line: line ?? null, text: message }
    return { ...written, problems: [problem, ...written.problems] }
  }
}

/** What was packaged, with the keys and lines of the service's own file. */
function merged(packaged: ProjectPart, written: ProjectPart, file: string): ProjectPart {
  const byId = new Map(written.functions.map((each) => [logicalIdOf(each.id), each]))
  const functions = packaged.functions.filter(({ id }) => !isHelper(id)).map((each) => withSource(each, byId.get(each.id)))
  const ids = new Set(functions.map(({ id }) => id))
  const newer = written.functions.filter(({ id }) => !ids.has(id))
  const problems = newer.map(({ id, at }) => ({
    file,
    line: at.line,
    text: `function ${id} is not in ${TEMPLATE}: package the service again`,
  }))
  return { functions: [...functions, ...newer], resources: packaged.resources, problems: [...packaged.problems, ...problems] }
}

/** Functions that serverless adds for its own custom resources. */
const isHelper = (id: string): boolean => /^CustomDashresource/.test(id)

function withSource(found: ProjectFunction, source: ProjectFunction | undefined): ProjectFunction {
  if (source === undefined) return found
  // Existing buckets, pools and buses are custom resources there: only the service says that they are triggers.
  const known = found.triggers.filter(({ kind }) => kind !== 'direct')
  const more = source.triggers.filter(({ kind }) => kind !== 'direct' && !known.some((each) => each.kind === kind))
  const triggers = [...known, ...more]
  return {
    ...found,
    id: source.id,
    at: source.at,
    code: source.code,
    triggers: triggers.length > 0 ? triggers : found.triggers,
    layers: source.layers,
  }
}
