import { readFileSync, statSync } from 'node:fs'
import { ConfigError, type Json } from '../model/index.js'

const MOST_BYTES = 10 * 1024 * 1024

/** Reads a file that the user named; every failure is one line that says what to do. */
export function readUserFile(file: string, what: string, most = MOST_BYTES): string {
  try {
    if (statSync(file).size > most) throw new ConfigError(`${what} ${file} is larger than ${most >> 20} MiB`)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof ConfigError) throw error
    const code = (error as NodeJS.ErrnoException).code
    throw new ConfigError(
      code === 'ENOENT' ? `${what} ${file} does not exist` : `${what} ${file} cannot be read (${code ?? String(error)})`,
    )
  }
}

export function readUserJson(file: string, what: string, most = MOST_BYTES): Json {
  const text = readUserFile(file, what, most)
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new ConfigError(`${what} ${file} is not JSON: ${(error as Error).message.split('\n')[0]}`)
  }
}

/** `NAME=value` lines; quotes around a value and lines that start with # are left out. */
export function readEnvFile(file: string): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [i, line] of readUserFile(file, 'The environment file').split('\n').entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line)
    if (match === null) throw new ConfigError(`The environment file ${file} has no NAME=value in line ${i + 1}`)
    env[match[1]!] = match[2]!.replace(/^(["'])(.*)\1$/, '$2')
  }
  return env
}
