import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { instrument } from './instrument.js'
import type { Mirror } from './mirror.js'

const CODE = /\.[cm]?js$/
// A bundle of this size takes two seconds; larger ones run as they are.
const MOST_BYTES = 4 * 1024 * 1024

/** A copy of the mirror whose own code tells what it compares; packages stay what they are. */
export function instrumentedCopy(mirror: Mirror, into: string): Mirror {
  cpSync(mirror.root, into, { recursive: true, verbatimSymlinks: true })
  rewriteBelow(into)
  const moved = (file: string) => path.join(into, path.relative(mirror.root, file))
  return { ...mirror, root: into, taskRoot: moved(mirror.taskRoot), file: moved(mirror.file) }
}

function rewriteBelow(dir: string): void {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name)
    if (entry.isDirectory()) rewriteBelow(file)
    else if (entry.isFile() && CODE.test(entry.name) && statSync(file).size <= MOST_BYTES) {
      const text = instrument(readFileSync(file, 'utf8'))
      if (text !== undefined) writeFileSync(file, text)
    }
  }
}
