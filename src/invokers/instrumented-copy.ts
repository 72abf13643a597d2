import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { ownModule } from '../model/own-modules.js'
import { ChosenPackages } from './chosen-packages.js'
import type { Site } from './cover.js'
import type { KeptCode } from './kept-code.js'
import type { Mirror } from './mirror.js'

const CODE = /\.[cm]?js$/
// A bundle of this size takes two seconds; larger ones run as they are.
const MOST_BYTES = 4 * 1024 * 1024
const MOST_FILES = 400

/** A place that is counted, in a file of the task directory. */
export interface CountedSite extends Site {
  readonly file: string
}

export interface InstrumentedCopy {
  readonly mirror: Mirror
  readonly sites: readonly CountedSite[]
  /** Files that run as they are, relative to the task directory, and why. */
  readonly left: readonly { readonly file: string; readonly why: string }[]
  /** Chosen packages that run as they are, or files of theirs, and why. */
  readonly refused: ReadonlyMap<string, string>
}

/**
 * A copy of the mirror in which the handler's file and the owner's own code that it imports tell what they compare and reach, and
 * so do packages that are `chosen`; other packages stay what they are.
 */
export function instrumentedCopy(mirror: Mirror, into: string, kept: KeptCode, chosen: readonly string[] = []): InstrumentedCopy {
  link(mirror.root, into)
  const { files, refused } = new ChosenPackages(into, chosen)
  const moved = (file: string) => path.join(into, path.relative(mirror.root, file))
  const taskRoot = moved(mirror.taskRoot)
  const sites: CountedSite[] = []
  const left: { file: string; why: string }[] = []
  let next = 0
  for (const file of [...imported(moved(mirror.file), into), ...files.keys()]) {
    const name = path.relative(taskRoot, file)
    const made = statSync(file).size > MOST_BYTES ? undefined : kept.instrument(readFileSync(file, 'utf8'), next)
    if (made === undefined) {
      const of = files.get(file)
      if (of !== undefined) refused.set(of, `its file ${name} cannot be parsed`)
      else left.push({ file: name, why: statSync(file).size > MOST_BYTES ? 'is larger than 4 MiB' : 'cannot be parsed' })
      continue
    }
    next = made.next
    for (const site of made.sites) sites.push({ ...site, file: name })
    rmSync(file) // It is the mirror's own file: another name of it.
    writeFileSync(file, made.text)
  }
  return { mirror: { ...mirror, root: into, taskRoot, file: moved(mirror.file) }, sites, left, refused }
}

/** Names for the mirror's files in a second tree: nothing is copied. */
function link(from: string, into: string): void {
  mkdirSync(into, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, copy] = [path.join(from, entry.name), path.join(into, entry.name)]
    if (entry.isDirectory()) link(source, copy)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), copy)
    else if (entry.isFile()) linkSync(source, copy)
  }
}

/** The file and all that it imports of its owner's own code, directly or not, as far as that is in the copy. */
function imported(entry: string, within: string): readonly string[] {
  const files = new Set([entry])
  for (const file of files) {
    if (files.size >= MOST_FILES) break
    if (!CODE.test(file) || statSync(file).size > MOST_BYTES) continue
    for (const [, specifier] of readFileSync(file, 'utf8').matchAll(
      /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([@\w.~/-]{1,300})['"]/g,
    )) {
      const found = ownModule(path.dirname(file), specifier!)
      if (found?.startsWith(`${within}/`)) files.add(found)
    }
  }
  return [...files].filter((file) => CODE.test(file))
}
