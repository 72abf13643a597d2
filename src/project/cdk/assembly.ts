import path from 'node:path'
import { isJsonObject, type Json, type JsonObject, type ProjectProblem } from '../../model/index.js'
import { inside, readInside } from '../safe-path.js'
import { loadYaml } from '../yaml.js'

/** A template of an assembly, loaded: its objects keep their lines, so they are changed in place. */
export interface Template {
  readonly file: string
  readonly text: string
  readonly value: JsonObject
}

export interface StackArtifact {
  readonly name: string
  readonly template: Template
}

const DEEPEST = 8

export const object = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

/** The stacks that a cloud assembly's manifest names, with those of the assemblies inside it. */
export class Assembly {
  readonly problems: ProjectProblem[] = []
  private readonly root: string
  private readonly loaded = new Map<string, Template | undefined>()

  constructor(root: string) {
    this.root = root
  }

  stacks(manifest: string, depth = 0): readonly StackArtifact[] {
    const found = this.template(manifest)
    if (found === undefined) return []
    const directory = path.dirname(manifest)
    return Object.entries(object(found.value['artifacts'])).flatMap(([name, artifact]): readonly StackArtifact[] => {
      const { type, properties } = object(artifact)
      const { templateFile, directoryName, stackName } = object(properties)
      if (type === 'cdk:cloud-assembly' && typeof directoryName === 'string' && depth < DEEPEST)
        return this.stacks(path.join(directory, directoryName, 'manifest.json'), depth + 1)
      if (type !== 'aws:cloudformation:stack' || typeof templateFile !== 'string') return []
      const template = this.template(path.join(directory, templateFile))
      return template === undefined ? [] : [{ name: typeof stackName === 'string' ? stackName : name, template }]
    })
  }

  /** A JSON file of the assembly; what is wrong with it is a problem. */
  template(file: string): Template | undefined {
    if (!this.loaded.has(file)) this.loaded.set(file, this.load(file))
    return this.loaded.get(file)
  }

  private load(file: string): Template | undefined {
    try {
      if (inside(this.root, this.root, file) === undefined) throw new Error('it is outside the project')
      const text = readInside(this.root, file)
      const value = loadYaml(text).value as Json
      if (!isJsonObject(value)) throw new Error('it is no JSON object')
      return { file, text, value }
    } catch (error) {
      const { message, line = null } = error as Error & { line?: number | null }
      this.problems.push({ file, line, text: message })
      return undefined
    }
  }
}
