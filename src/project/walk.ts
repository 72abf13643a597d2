import { readdirSync } from 'node:fs'
import path from 'node:path'

const SKIPPED = new Set(['node_modules', '.git', '.eventfuzz', 'coverage', '.venv', 'dist', 'build', '.next', '.terraform'])
const DEEPEST = 12
const MOST_FILES = 50_000

/** Files below `root`, relative with `/`, sorted; symbolic links are not followed, so nothing outside is seen. */
export function filesBelow(root: string): readonly string[] {
  const found: string[] = []
  const visit = (dir: string, depth: number) => {
    for (const entry of entriesOf(path.join(root, dir))) {
      if (found.length >= MOST_FILES) return
      const name = dir === '' ? entry.name : `${dir}/${entry.name}`
      if (entry.isFile()) found.push(name)
      else if (entry.isDirectory() && depth < DEEPEST && !SKIPPED.has(entry.name)) visit(name, depth + 1)
    }
  }
  visit('', 0)
  return found.sort()
}

function entriesOf(dir: string) {
  try {
    return readdirSync(dir, { withFileTypes: true })
  } catch {
    return [] // Not readable for this user: nothing to find there.
  }
}
