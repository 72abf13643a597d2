import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { isJsonObject, type Json, type ProjectProblem } from '../model/index.js'
import { at, entriesOf, listOf, textOf } from './cfn/values.js'
import { inside, readInside } from './safe-path.js'
import { loadYaml } from './yaml.js'

export interface SamConfig {
  /** Template parameters of the default environment, and `AWS::StackName`. */
  readonly parameters: Readonly<Record<string, string>>
  readonly problems: readonly ProjectProblem[]
}

const NAMES = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml']
const COMMANDS = ['global', 'build', 'deploy']
const NOTHING: SamConfig = { parameters: {}, problems: [] }
const require = createRequire(import.meta.url)

/** What `sam deploy` would be given for a template: the samconfig beside it, else at the project's root. */
export function samConfigOf(template: string, root: string): SamConfig {
  const dirs = [...new Set([path.dirname(template), root])]
  const file = dirs
    .flatMap((dir) => NAMES.map((name) => path.join(dir, name)))
    .find((one) => inside(root, root, path.relative(root, one)) && existsSync(one))
  if (file === undefined) return NOTHING
  try {
    const text = readInside(root, file)
    const config = (file.endsWith('.toml') ? parseToml(text) : loadYaml(text).value) as Json
    return { parameters: parametersIn(config, path.relative(path.dirname(file), template)), problems: [] }
  } catch (error) {
    const text = `The parameters in it are not used: ${(error as Error).message.split('\n')[0]}`
    return { parameters: {}, problems: [{ file, line: lineOfError(error), text }] }
  }
}

const parseToml = (text: string): unknown => (require('smol-toml') as typeof import('smol-toml')).parse(text)

const lineOfError = (error: unknown): number | null => {
  const line = (error as { line?: unknown }).line
  return typeof line === 'number' ? line : null
}

function parametersIn(config: Json, template: string): Readonly<Record<string, string>> {
  const found: [string, string][] = []
  for (const command of COMMANDS) {
    const settings = at(config, 'default', command, 'parameters')
    const named = textOf(at(settings, 'template_file')) ?? textOf(at(settings, 'template'))
    if (named !== undefined && !named.startsWith('.aws-sam') && path.normalize(named) !== template) continue
    const stack = textOf(at(settings, 'stack_name'))
    if (stack !== undefined) found.push(['AWS::StackName', stack])
    found.push(...overrides(at(settings, 'parameter_overrides')))
  }
  return Object.fromEntries(found)
}

/** A table, a list or a text: `Stage=dev Name="my table"`, or the old `ParameterKey=Stage,ParameterValue=dev`. */
function overrides(value: Json | undefined): readonly [string, string][] {
  if (isJsonObject(value))
    return entriesOf(value).flatMap(([key, one]) => (textOf(one) === undefined ? [] : [[key, textOf(one)!]]))
  return listOf(value).flatMap((one) => pairsIn(textOf(one) ?? ''))
}

function pairsIn(text: string): [string, string][] {
  const old = [...text.matchAll(/ParameterKey=([^,\s]+),\s*ParameterValue=("(?:\\.|[^"\\])*"|\S*)/g)]
  const found = old.length > 0 ? old : [...text.matchAll(/([A-Za-z0-9]+)=("(?:\\.|[^"\\])*"|'[^']*'|\S*)/g)]
  return found.map(([, key, value]) => [key!, unquoted(value!)])
}

const unquoted = (text: string): string =>
  /^(["']).*\1$/s.test(text) && text.length > 1 ? text.slice(1, -1).replace(/\\(["\\])/g, '$1') : text
