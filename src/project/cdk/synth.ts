import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError, isJsonObject, type JsonObject } from '../../model/index.js'
import { readInside } from '../safe-path.js'

const LONGEST_MS = 120_000
const MOST_OUTPUT = 64 * 1024
// Without these the templates do not say which asset is whose.
const CONTEXT = { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true }

/**
 * Runs the app of a cdk.json, which is the project's own program, and returns the directory of what it wrote:
 * `.eventfuzz/cdk.out`. Only ever called when the user asks for it.
 */
export async function synthCdk(app: string, signal: AbortSignal, environment: Readonly<Record<string, string>>): Promise<string> {
  const { command, context } = readApp(app)
  const output = path.join(app, '.eventfuzz', 'cdk.out')
  rmSync(output, { recursive: true, force: true })
  mkdirSync(output, { recursive: true })
  writeFileSync(path.join(app, '.eventfuzz', '.gitignore'), '*\n')
  const env = {
    ...environment,
    CDK_OUTDIR: output,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...CONTEXT, ...bundling(app) }),
    PATH: [path.join(app, 'node_modules', '.bin'), environment['PATH'] ?? ''].join(path.delimiter),
  }
  await run(command, app, env, signal)
  return output
}

/** Without esbuild beside the app, CDK bundles in a container: then it shall bundle nothing. */
function bundling(app: string): JsonObject {
  for (let dir = app; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'node_modules', 'esbuild'))) return {}
    if (dir === path.dirname(dir)) return { 'aws:cdk:bundling-stacks': [] }
  }
}

function readApp(app: string): { readonly command: string; readonly context: JsonObject } {
  const file = path.join(app, 'cdk.json')
  let value: unknown
  try {
    value = JSON.parse(readInside(app, file))
  } catch (error) {
    throw new ConfigError(`${file} cannot be read: ${(error as Error).message}`)
  }
  const command = isJsonObject(value) ? value['app'] : undefined
  if (typeof command !== 'string' || command.trim() === '') throw new ConfigError(`${file} has no app to run`)
  return { command, context: isJsonObject(value) && isJsonObject(value['context']) ? value['context'] : {} }
}

/** Words of a simple command; undefined where only a shell can tell: quotes inside words, variables, pipes. */
export function wordsOf(command: string): readonly string[] | undefined {
  if (!COMMAND.test(command)) return undefined
  return (command.match(WORD) ?? []).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
}

const WORD = /"[^"$`\\]*"|'[^']*'|[^\s"'$`\\|&;<>()*?~#]+/g
const COMMAND = new RegExp(`^\\s*(?:${WORD.source})(?:\\s+(?:${WORD.source}))*\\s*$`)

/** The app starts compilers and bundlers: all of them have to end. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}

async function run(command: string, cwd: string, env: Record<string, string>, signal: AbortSignal): Promise<void> {
  const words = wordsOf(command)
  const [program = 'sh', ...inputs] = words ?? ['sh', '-c', command]
  const child = spawn(program, inputs, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let output = ''
  const keep = (part: Buffer) => {
    output = (output + part.toString()).slice(-MOST_OUTPUT)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const stop = () => endGroup(child.pid)
  const timer = setTimeout(stop, LONGEST_MS)
  signal.addEventListener('abort', stop, { once: true })
  try {
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
    signal.throwIfAborted()
    if (code !== 0)
      throw new ConfigError(
        `The CDK app (${command}) ${code === null ? 'took too long' : `ended with ${code}`}: ${lastLines(output)}`,
      )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new ConfigError(`The CDK app cannot be run: there is no ${program}`)
    throw error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

/** The line that says what was wrong, when one does; else the last ones. */
function lastLines(output: string): string {
  const lines = output
    .trim()
    .split('\n')
    .map((line) => line.trim())
  const error = lines.findLast((line) => /^(?:\w*Error|Error:|error TS\d+|.*: error TS\d+)/.test(line))
  return (error ?? lines.slice(-3).join(' | ')).slice(0, 500)
}
