import path from 'node:path'
import { isJsonObject, type Json, type JsonObject, type ProjectPart, type ReadOptions } from '../../model/index.js'
import { readInside } from '../safe-path.js'
import { lineOfNode, loadYaml } from '../yaml.js'
import { type Block, blocksOf, Configs, list, type ModuleConfig } from './config.js'
import { readConfig } from './read.js'
import { World } from './world.js'

/** What `terraform show -json` says: values as planned, and references where they are only known after it is carried out. */
export async function readPlan(file: string, options: ReadOptions): Promise<ProjectPart> {
  try {
    const plan = loadYaml(readInside(options.root, file)).value as Json
    if (!isJsonObject(plan)) throw new Error('it is no plan')
    const directory = path.dirname(file)
    const configs = new Configs(options.root, async () => ({}))
    const config = new PlanReader(file, plan).module()
    return readConfig(new World(options.root, directory, configs), config, options)
  } catch (error) {
    const { message, line = null } = error as Error & { line?: number | null }
    return { functions: [], resources: [], problems: [{ file, line, text: message, unread: true }] }
  }
}

const object = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

/** Makes the blocks that a plan came from: each instance is one, with its own values. */
class PlanReader {
  private readonly file: string
  private readonly plan: JsonObject

  constructor(file: string, plan: JsonObject) {
    this.file = file
    this.plan = plan
  }

  module(): ModuleConfig {
    const known = object(object(object(this.plan['prior_state'])['values'])['root_module'])
    const planned = object(object(this.plan['planned_values'])['root_module'])
    return this.config(planned, known, object(object(this.plan['configuration'])['root_module']))
  }

  private config(planned: JsonObject, known: JsonObject, written: JsonObject): ModuleConfig {
    const config: ModuleConfig = {
      directory: path.dirname(this.file),
      blocks: [],
      variables: new Map(),
      locals: new Map(),
      outputs: new Map(),
      given: new Map(),
    }
    const declared = blocksOf(written['resources'])
    const found = [...blocksOf(planned['resources']), ...blocksOf(known['resources']).filter(({ mode }) => mode === 'data')]
    for (const each of found) config.blocks.push(this.instance(each, declared))
    for (const each of declared.filter(({ mode }) => mode === 'data')) this.addData(config, each)
    for (const each of blocksOf(planned['child_modules'])) this.addChild(config, each, known, written)
    for (const [name, output] of Object.entries(object(written['outputs'])))
      config.outputs.set(name, fromExpression(object(output)['expression']))
    for (const [name, variable] of Object.entries(object(written['variables'])))
      config.variables.set(name, this.variable(name, variable))
    return config
  }

  /** Values that were given for the plan stand at its top. */
  private variable(name: string, declared: Json): Json | undefined {
    const value = object(object(this.plan['variables'])[name])['value'] ?? object(declared)['default']
    return value === undefined ? undefined : escaped(value)
  }

  private instance(planned: JsonObject, declared: readonly JsonObject[]): Block {
    const { type, name, index, values, mode } = planned
    const written = declared.find((each) => each['type'] === type && each['name'] === name && each['mode'] === mode)
    return {
      kind: mode === 'data' ? 'data' : 'resource',
      type: String(type),
      name: String(name),
      body: withReferences(object(values), object(written?.['expressions'])),
      at: { file: this.file, line: lineOfNode(planned) ?? 1 },
      ...(index === undefined || index === null ? {} : { key: typeof index === 'number' ? index : String(index) }),
    }
  }

  /** A data source that is only read when the plan is carried out has no values yet: what was written is all there is. */
  private addData(config: ModuleConfig, written: JsonObject): void {
    const { type, name, expressions } = written
    if (config.blocks.some((each) => each.kind === 'data' && each.type === type && each.name === name)) return
    const at = { file: this.file, line: lineOfNode(written) ?? 1 }
    const body = Object.fromEntries(Object.entries(object(expressions)).map(([key, value]) => [key, fromExpression(value)]))
    config.blocks.push({ kind: 'data', type: String(type), name: String(name), body, at })
  }

  private addChild(config: ModuleConfig, planned: JsonObject, known: JsonObject, written: JsonObject): void {
    const address = String(planned['address'] ?? '')
    const last = /module\.([\w-]+)(?:\[(.+?)\])?$/.exec(address)
    if (last === null) return
    const call = object(object(written['module_calls'])[last[1]!])
    const before = blocksOf(known['child_modules']).find((each) => each['address'] === address) ?? {}
    const inputs = Object.entries(object(call['expressions'])).map(([name, value]) => [name, fromExpression(value)] as const)
    const index = last[2]
    const key = index === undefined || index.startsWith('"') ? index?.slice(1, -1) : Number(index)
    config.blocks.push({
      kind: 'module',
      type: '',
      name: last[1]!,
      body: Object.fromEntries(inputs.filter(([, value]) => value !== null)),
      at: { file: this.file, line: lineOfNode(planned) ?? 1 },
      config: this.config(planned, before, object(call['module'])),
      ...(key === undefined ? {} : { key }),
    })
  }
}

// A document that is made of several references cannot be put together from their list.
const DOCUMENTS = new Set(['policy', 'assume_role_policy', 'definition', 'body', 'event_pattern', 'filter_policy', 'schema'])

/** Planned values, and references where a value is not known yet. */
function withReferences(values: JsonObject, expressions: JsonObject): JsonObject {
  const body: [string, Json][] = Object.entries(values).map(([name, value]) => [name, escaped(value)])
  for (const [name, expression] of Object.entries(expressions)) {
    const value = values[name]
    if (Array.isArray(expression) && Array.isArray(value)) {
      const nested = (value as readonly Json[]).map((each, index) =>
        isJsonObject(each) ? withReferences(each, object((expression as readonly Json[])[index])) : each,
      )
      body.push([name, nested])
    } else if (value === undefined || value === null) {
      const found = fromExpression(expression)
      const isDocument = DOCUMENTS.has(name) && typeof found === 'string' && !found.includes('aws_iam_policy_document')
      if (found !== null && !isDocument)
        body.push([name, name === 'target' && typeof found === 'string' ? `integrations/${found}` : found])
    }
  }
  return Object.fromEntries(body)
}

/** An expression as the plan has it: a constant, references, or blocks of them. */
function fromExpression(expression: Json | undefined): Json {
  if (Array.isArray(expression)) return (expression as readonly Json[]).map(fromExpression)
  if (!isJsonObject(expression)) return null
  if (expression['constant_value'] !== undefined) return escaped(expression['constant_value'])
  const references = list(expression['references'])
  if (references.length > 0) return `\${${String(references[0])}}`
  return Object.fromEntries(Object.entries(expression).map(([key, value]) => [key, fromExpression(value)]))
}

/** A value that is final: what looks like an expression in it is none. */
function escaped(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll(/[$%]\{/g, (sign) => sign[0]! + sign)
  if (Array.isArray(value)) return (value as readonly Json[]).map(escaped)
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escaped(each)])) : value
}
