import path from 'node:path'
import type { ProjectPart, ProjectReader, ReadOptions } from '../model/index.js'
import { readTemplate } from './cfn/index.js'
import { readInside } from './safe-path.js'
import { samConfigOf } from './sam-config.js'
import { findTemplates } from './sam-files.js'
import { loadYaml, YamlError } from './yaml.js'

/** SAM and CloudFormation templates, YAML or JSON, with what is nested in them. */
export const sam: ProjectReader = {
  id: 'sam',
  find: findTemplates,
  read: async (entry, options) => read(path.join(options.root, entry), options),
}

function read(file: string, options: ReadOptions): ProjectPart {
  const { parameters, problems } = samConfigOf(file, options.root)
  try {
    const text = readInside(options.root, file, options.edited)
    const { value } = loadYaml(text)
    const part = readTemplate({ file, text, value }, { ...options, parameters: { ...parameters, ...options.parameters } })
    return { ...part, problems: [...problems, ...part.problems] }
  } catch (error) {
    const line = error instanceof YamlError ? error.line : null
    const text = `The template could not be read: ${(error as Error).message}`
    const problem = { file, line, text, unread: true } as const
    return { functions: [], resources: [], problems: [...problems, problem] }
  }
}
