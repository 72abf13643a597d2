import { execFileSync } from 'node:child_process'
import { ConfigError } from '../model/index.js'

const known = new Map([[process.execPath, process.versions.node]])

/** Version of a node binary, such as 22.11.0; one that cannot be run is wrong use. */
export function nodeVersion(node: string): string {
  const before = known.get(node)
  if (before !== undefined) return before
  try {
    const said = execFileSync(node, ['--version'], {
      encoding: 'utf8',
      timeout: 10_000,
      env: {},
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const version = /^v(\d+\.\d+\.\d+)\s*$/.exec(said)?.[1]
    if (version === undefined) throw new Error('it does not answer --version as node does')
    known.set(node, version)
    return version
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message.split('\n')[0]
    throw new ConfigError(`${node} is no node that can be run here (${why}): give --node the path of a node binary`)
  }
}
