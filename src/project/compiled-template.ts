import type { FileLine, JsonObject, ProjectFunction, ProjectPart, ReadOptions } from '../model/index.js'
import { readTemplate } from './cfn/index.js'
import { withoutImports } from './unknown-value.js'
import { loadYaml } from './yaml.js'

interface Entry {
  readonly resource: JsonObject
  readonly at: FileLine
  readonly name: string
  /** Ours alone, so that it is no resource of the project. */
  readonly hidden: boolean
}

/**
 * A CloudFormation template that we write for a project in another language, so that there is one reader of triggers and
 * policies. Each resource stands on a line of its own: what is said about line n + 1 is about our n-th resource.
 */
export class CompiledTemplate {
  /** What else a template has: Conditions, Parameters, Mappings. */
  sections: JsonObject = {}
  private readonly entries = new Map<string, Entry>()
  private readonly file: string

  /** @param file which the project has instead. */
  constructor(file: string) {
    this.file = file
  }

  /** Adds a resource; `name` is what people know it by. */
  add(id: string, resource: JsonObject, at: FileLine, { name = id, hidden = false } = {}): string {
    this.entries.set(id, { resource, at, name, hidden })
    return id
  }

  has(id: string): boolean {
    return this.entries.has(id)
  }

  get(id: string): JsonObject | undefined {
    return this.entries.get(id)?.resource
  }

  /** An id that is not taken yet. */
  free(id: string): string {
    let free = id
    for (let n = 2; this.entries.has(free); n++) free = `${id}${n}`
    return free
  }

  /** What CloudFormation's reader says about it, in the project's own names and lines. */
  read(options: ReadOptions, codeOf: (id: string, properties: JsonObject) => string | null): ProjectPart {
    const lines = [...this.entries].map(([id, { resource }]) => `${JSON.stringify(id)}: ${JSON.stringify(resource)}`)
    const sections = Object.entries(this.sections).map(([key, value]) => `,${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    const text = `{"Resources": {\n${lines.join(',\n')}\n}${sections.join('')}}`
    return this.translated(readTemplate({ file: this.file, text, value: loadYaml(text).value, codeOf }, options))
  }

  private translated({ functions, resources, problems }: ProjectPart): ProjectPart {
    return {
      functions: functions.map((each) => this.translatedFunction(each)),
      resources: resources.flatMap((each) => {
        const entry = this.entries.get(each.id)
        return entry?.hidden === true ? [] : [{ ...each, id: entry?.name ?? each.id }]
      }),
      problems: problems.map((each) => ({
        ...each,
        ...(this.at({ file: each.file, line: each.line ?? 0 }) ?? {}),
        text: withoutImports(each.text),
      })),
    }
  }

  private translatedFunction(found: ProjectFunction): ProjectFunction {
    const at = (place: FileLine | null) => (place === null ? null : (this.at(place) ?? place))
    const role = found.role && {
      ...found.role,
      name: this.entries.get(found.role.name)?.name ?? found.role.name,
      policies: found.role.policies.map((policy) => ({ ...policy, at: at(policy.at) })),
      at: at(found.role.at),
    }
    const entry = this.entries.get(found.id)
    return {
      ...found,
      id: entry?.name ?? found.id,
      at: entry?.at ?? found.at,
      triggers: found.triggers.map((trigger) => ({ ...trigger, at: at(trigger.at) })),
      role,
      unresolved: found.unresolved.map(withoutImports),
    }
  }

  /** Where the resource on a line of our text stands in the project. */
  private at({ file, line }: FileLine): FileLine | undefined {
    return file === this.file ? [...this.entries.values()][line - 2]?.at : undefined
  }
}
