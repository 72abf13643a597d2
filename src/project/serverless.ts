import path from 'node:path'
import type { ProjectPart, ProjectReader } from '../model/index.js'
import { readInside } from './safe-path.js'

const FILE = /(?:^|\/)serverless\.(?:ya?ml|json|[cm]?[jt]s)$/

const PROGRAM = /\.[cm]?[jt]s$/

/** Serverless Framework: serverless.yml, read and never run; what `serverless package` wrote beside it is read instead. */
export const serverless: ProjectReader = {
  id: 'serverless',
  find: (files, root) => {
    const found = files.filter((file) => FILE.test(file) && (!PROGRAM.test(file) || isConfiguration(root, file)))
    // serverless.yml is what serverless takes when there are several.
    const ofDirectory = (dir: string) => found.filter((file) => path.posix.dirname(file) === dir)
    const order = (file: string) => ['.yml', '.yaml', '.json'].indexOf(path.posix.extname(file)) >>> 0
    return found.filter((file) => ofDirectory(path.posix.dirname(file)).every((other) => order(file) <= order(other)))
  },
  async read(entry, options): Promise<ProjectPart> {
    const { readService } = await import('./serverless/read.js')
    return readService(path.resolve(options.root, entry), options)
  },
}

/** Many a program is called serverless.js; a configuration speaks of a service and its provider. */
function isConfiguration(root: string, file: string): boolean {
  try {
    const text = readInside(root, path.join(root, file))
    return /\bservice\b/.test(text) && /\bprovider\b/.test(text)
  } catch {
    return false // Not to be read at all.
  }
}
