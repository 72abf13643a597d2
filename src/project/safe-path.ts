import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'

/** Templates may be larger than a person writes, not larger than this. */
const MOST_BYTES = 16 * 1024 * 1024

/** The absolute path that a template means, or undefined when it (or what it links to) is outside the project. */
export function inside(root: string, from: string, relative: string): string | undefined {
  const wanted = path.resolve(from, relative)
  if (!within(root, wanted)) return undefined
  if (!existsSync(wanted)) return wanted
  return within(realpathSync(root), realpathSync(wanted)) ? wanted : undefined
}

/** Text of a file of the project, or what it would be once edited; an error's message is one line for people. */
export function readInside(root: string, file: string, edited?: ReadonlyMap<string, string>): string {
  const instead = edited?.get(file)
  if (instead !== undefined) return instead
  const safe = inside(root, root, path.relative(root, file))
  if (safe === undefined) throw new Error('it is outside the project')
  const stat = statSync(safe, { throwIfNoEntry: false })
  if (stat === undefined) throw new Error('it does not exist')
  if (!stat.isFile()) throw new Error('it is no file')
  if (stat.size > MOST_BYTES) throw new Error(`it is larger than ${MOST_BYTES >> 20} MiB`)
  return readFileSync(safe, 'utf8')
}

const within = (root: string, file: string): boolean => file === root || file.startsWith(root.endsWith('/') ? root : `${root}/`)
