import path from 'node:path'
import type { ProjectPart, ProjectReader } from '../model/index.js'
import { readInside } from './safe-path.js'

const PLAN = /(?:^|\/)(?:[^/]*\.tfplan|plan|tfplan)\.json$/

/** Terraform: directories of .tf files, or the plan that `terraform show -json` wrote. */
export const terraform: ProjectReader = {
  id: 'terraform',
  find: (files, root) => {
    const plans = files.filter((file) => PLAN.test(file) && isPlan(root, file))
    const sources = files.filter((file) => /\.tf(?:\.json)?$/.test(file))
    const planned = new Set(plans.map((file) => path.posix.dirname(file)))
    const called = new Set(sources.flatMap((file) => modulesOf(root, file)))
    const directories = [...new Set(sources.map((file) => path.posix.dirname(file)))]
    return [...plans, ...directories.filter((directory) => !called.has(directory) && !planned.has(directory))]
  },
  async read(entry, options): Promise<ProjectPart> {
    const found = path.resolve(options.root, entry)
    if (PLAN.test(entry)) {
      const { readPlan } = await import('./terraform/plan.js')
      return readPlan(found, options)
    }
    const { readDirectory } = await import('./terraform/read.js')
    return readDirectory(found, options)
  },
}

function isPlan(root: string, file: string): boolean {
  const text = textOf(root, file)
  return /"format_version"/.test(text.slice(0, 1024)) && text.includes('"planned_values"')
}

/** Directories that a file calls as modules: they are read with it, not for themselves. */
function modulesOf(root: string, file: string): readonly string[] {
  return [...textOf(root, file).matchAll(/^\s*"?source"?\s*[=:]\s*"(\.\.?\/[^"\n]*)"/gm)]
    .map((found) => path.posix.join(path.posix.dirname(file), found[1]!).replace(/\/$/, ''))
    .filter((directory) => directory !== path.posix.dirname(file))
}

function textOf(root: string, file: string): string {
  try {
    return readInside(root, path.join(root, file))
  } catch {
    return '' // Whoever reads it says what is wrong with it.
  }
}
