import { statSync } from 'node:fs'
import path from 'node:path'
import type { ProjectPart, ProjectReader } from '../model/index.js'

export { synthCdk } from './cdk/synth.js'

/** Where assemblies are: the user's own, and that of `list --synth`. */
const OUTPUTS = ['cdk.out', '.eventfuzz/cdk.out']

/** AWS CDK: the cloud assembly that `cdk synth` wrote. The app itself is run only when somebody asks for it: synthCdk. */
export const cdk: ProjectReader = {
  id: 'cdk',
  find: (files, root) => {
    const apps = files.filter((file) => path.posix.basename(file) === 'cdk.json').map((file) => path.posix.dirname(file))
    const outputs = files
      .filter((file) => /(?:^|\/)cdk\.out\/manifest\.json$/.test(file))
      .map((file) => path.posix.dirname(path.posix.dirname(file)))
    return [...new Set([...apps, ...outputs])].sort().map((app) => {
      const output = newest(path.join(root, app))
      return path.posix.join(app, output === undefined ? 'cdk.json' : `${output}/manifest.json`)
    })
  },
  async read(entry, options): Promise<ProjectPart> {
    const file = path.resolve(options.root, entry)
    if (path.basename(file) === 'cdk.json') {
      const text = 'not read: the app is a program; run `npx cdk synth`, or `eventfuzz list --synth`'
      return { functions: [], resources: [], problems: [{ file, line: null, text }] }
    }
    const { readAssembly } = await import('./cdk/read.js')
    const output = OUTPUTS.findLast((each) => entry.endsWith(`${each}/manifest.json`)) ?? ''
    const up = output.split('/').map(() => '..')
    return readAssembly(file, path.join(path.dirname(file), ...up), options)
  },
}

/** Which of them was written last, where there is one. */
function newest(app: string): string | undefined {
  const found = OUTPUTS.flatMap((each) => {
    const stat = statSync(path.join(app, each, 'manifest.json'), { throwIfNoEntry: false })
    return stat === undefined ? [] : [{ each, at: stat.mtimeMs }]
  })
  return found.sort((a, b) => b.at - a.at)[0]?.each
}
