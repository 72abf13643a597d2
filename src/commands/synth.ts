import path from 'node:path'
import { ConfigError, type ProjectProblem } from '../model/index.js'
import { synthCdk } from '../project/cdk.js'
import { filesBelow } from '../project/walk.js'

/** Runs every CDK app below a directory, which is the project's own code: only ever because the user asked. An app that fails is a problem. */
export async function synthAll(
  cwd: string,
  env: NodeJS.ProcessEnv,
  onApp: (file: string) => void,
  signal: AbortSignal,
): Promise<readonly ProjectProblem[]> {
  const apps = filesBelow(cwd).filter((file) => path.posix.basename(file) === 'cdk.json')
  if (apps.length === 0) throw new ConfigError('--synth: there is no cdk.json below this directory')
  const environment = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  const problems: ProjectProblem[] = []
  for (const file of apps) {
    onApp(file)
    try {
      await synthCdk(path.dirname(path.join(cwd, file)), signal, environment)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      problems.push({ file, line: null, text: error.message })
    }
  }
  return problems
}
