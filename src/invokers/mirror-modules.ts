import { existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { type LinkedPackage, linkedPackages } from './linked-packages.js'
import { type CopyBudget, copyTree } from './mirror.js'

/** Brings the node_modules that a directory sees into a mirror: packages by links, those that are only linked to as copies. */
export class Modules {
  readonly #top: string
  readonly #into: string
  readonly #budget: CopyBudget
  readonly #outside = new Set<string>()

  constructor(top: string, into: string, budget: CopyBudget) {
    this.#top = top
    this.#into = into
    this.#budget = budget
  }

  /** The real directories outside the mirror that its links lead to. */
  of(root: string): readonly string[] {
    for (let dir = root; ; dir = path.dirname(dir)) {
      this.#bring(dir, root)
      if (dir === this.#top || dir === path.dirname(dir)) return [...this.#outside]
    }
  }

  #bring(dir: string, root: string): void {
    const modules = path.join(dir, 'node_modules')
    const made = path.join(this.#placeOf(dir), 'node_modules')
    if (!existsSync(modules) || existsSync(made)) return
    const real = realpathSync(modules)
    this.#outside.add(real)
    const linked = linkedPackages(real, root)
    if (linked.length === 0) symlinkSync(real, made)
    else linkEach(real, made, new Map(linked.map((one) => [one.name, this.#placeOf(one.dir)])))
    for (const one of linked) this.#copy(one)
  }

  #copy({ dir }: LinkedPackage): void {
    const place = this.#placeOf(dir)
    if (existsSync(place)) return // The function's own directory, or below it.
    copyTree(dir, place, dir, this.#budget)
    this.of(dir)
  }

  /** Same place below the top; what is not below it stands apart. */
  #placeOf(dir: string): string {
    const below = path.relative(this.#top, dir)
    return below.startsWith('..') ? path.join(this.#into, '.linked', dir) : path.join(this.#into, below)
  }
}

/** A node_modules of links: to the copies where there is one, by relative paths, so that a copy of the mirror holds together. */
function linkEach(from: string, to: string, copies: ReadonlyMap<string, string>, scope = ''): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from)) {
    const name = scope + entry
    const link = path.join(to, entry)
    const copy = copies.get(name)
    if (copy !== undefined) symlinkSync(path.relative(to, copy), link)
    else if ([...copies.keys()].some((one) => one.startsWith(`${name}/`)))
      linkEach(path.join(from, entry), link, copies, `${name}/`)
    else symlinkSync(path.join(from, entry), link)
  }
}
