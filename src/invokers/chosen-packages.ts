import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { isPackageName } from '../model/package-name.js'

const CODE = /\.[cm]?js$/
/** Nothing that runs in a function stands there. */
const ASIDE = new Set(['node_modules', 'test', 'tests', '__tests__', 'docs', 'example', 'examples', 'bench', 'benchmark'])
const MOST_FILES = 1_000
// Eight seconds of instrumenting.
const MOST_BYTES = 4 * 1024 * 1024

interface Taken {
  readonly name: string
  readonly real: string
  readonly place: string
  /** Relative to the package. */
  readonly code: readonly string[]
  /** It is linked to from where it is found. */
  readonly isStored: boolean
}

/** Packages that the user wants to be looked into: copied to where links to them stood, so that their code can be changed there. */
export class ChosenPackages {
  /** Code files of the copies, with the package that each is of. */
  readonly files = new Map<string, string>()
  /** Why a package is not there, by name. */
  readonly refused = new Map<string, string>()
  readonly #names: readonly string[]
  /** Where a package was copied to, by its real directory: there is one copy, as there is one package. */
  readonly #copies = new Map<string, string>()
  readonly #found = new Set<string>()

  /** Looks in every node_modules of a mirror, but not into packages that nobody chose. */
  constructor(root: string, names: readonly string[]) {
    this.#names = names.filter(isPackageName)
    if (names.length > 0) this.#search(root)
    for (const name of names) if (!this.#found.has(name)) this.refused.set(name, 'it is in no node_modules of the function')
  }

  #search(dir: string): void {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const at = path.join(dir, entry.name)
      if (entry.name === 'node_modules') this.#takeAll(at)
      else if (entry.isDirectory()) this.#search(at)
    }
  }

  #takeAll(modules: string): void {
    for (const name of this.#names) if (existsSync(path.join(modules, name))) this.#take(modules, name)
  }

  #take(modules: string, name: string): void {
    const place = path.join(modules, name)
    const real = realpathSync(place)
    this.#found.add(name)
    // What node_modules only links to is the owner's own code, and instrumented as such.
    if (!real.split(path.sep).includes('node_modules')) return
    const code = codeOf(real)
    if (code === undefined) {
      this.refused.set(name, `it has more than ${MOST_FILES} files or ${MOST_BYTES >> 20} MiB of code`)
      return
    }
    openUp(modules)
    openUp(path.dirname(place))
    const isStored = path.resolve(path.dirname(place), readlinkSync(place)) !== real
    rmSync(place)
    const copy = this.#copies.get(real)
    if (copy !== undefined) symlinkSync(path.relative(path.dirname(place), copy), place)
    else this.#copy({ name, real, place, code, isStored })
  }

  #copy({ name, real, place, code, isStored }: Taken): void {
    this.#copies.set(real, place)
    cpSync(real, place, { recursive: true, filter: (file) => path.basename(file) !== 'node_modules' })
    for (const file of code) this.files.set(path.join(place, file), name)
    const nested = path.join(place, 'node_modules')
    linkAll(path.join(real, 'node_modules'), nested, name)
    // pnpm: what a package needs stands beside it in the store.
    if (isStored) linkAll(real.slice(0, -name.length - 1), nested, name)
    this.#takeAll(nested)
  }
}

/** Code of a package, relative to it; undefined where it is too much. */
function codeOf(root: string): readonly string[] | undefined {
  const found: string[] = []
  let bytes = 0
  const open = [root]
  for (let dir = open.shift(); dir !== undefined; dir = open.shift()) {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const at = path.join(dir, entry.name)
      if (entry.isDirectory() && !ASIDE.has(entry.name)) open.push(at)
      if (!entry.isFile() || !CODE.test(entry.name)) continue
      found.push(path.relative(root, at))
      bytes += statSync(at).size
    }
    if (found.length > MOST_FILES || bytes > MOST_BYTES) return undefined
  }
  return found
}

/** A directory that is only linked to becomes one of links, in which a single entry can be another. */
function openUp(dir: string): void {
  if (!lstatSync(dir).isSymbolicLink()) return
  const real = realpathSync(dir)
  rmSync(dir)
  linkAll(real, dir)
}

/** Links to all that a directory holds, but for what is there already, and for what is named `but`. */
function linkAll(from: string, to: string, but?: string): void {
  if (!existsSync(from)) return
  mkdirSync(to, { recursive: true })
  const known = new Set([...readdirSync(to), but])
  for (const entry of readdirSync(from)) if (!known.has(entry)) symlinkSync(path.join(from, entry), path.join(to, entry))
}
