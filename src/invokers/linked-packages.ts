import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'

/** A package that node_modules only links to: of a workspace, a `file:` dependency, npm link. */
export interface LinkedPackage {
  readonly name: string
  /** Where it really is: in no node_modules. */
  readonly dir: string
}

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const

/** The linked packages of a node_modules directory that are needed from `from`, directly or through each other. */
export function linkedPackages(modules: string, from: string): readonly LinkedPackage[] {
  const all = namesIn(modules).flatMap((name) => linkOf(modules, name))
  const needed = new Map<string, LinkedPackage>()
  const open = [from]
  for (let dir = open.pop(); dir !== undefined && all.length > 0; dir = open.pop()) {
    const wanted = dependenciesOf(dir)
    for (const one of all) {
      if (needed.has(one.name) || !(wanted?.has(one.name) ?? true)) continue
      needed.set(one.name, one)
      open.push(one.dir)
    }
  }
  return [...needed.values()]
}

const namesIn = (modules: string): string[] =>
  readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? listed(path.join(modules, name)).map((sub) => `${name}/${sub}`) : [name]))

const listed = (dir: string): string[] => (statSync(dir).isDirectory() ? readdirSync(dir) : [])

function linkOf(modules: string, name: string): readonly LinkedPackage[] {
  const link = path.join(modules, name)
  if (!existsSync(link)) return [] // A link to nowhere.
  const dir = realpathSync(link)
  const isElsewhere = dir !== link && !dir.split(path.sep).includes('node_modules')
  return isElsewhere && statSync(dir).isDirectory() ? [{ name, dir }] : []
}

/** Names that a package.json asks for; undefined: there is none to ask, or it cannot be read. */
function dependenciesOf(dir: string): ReadonlySet<string> | undefined {
  try {
    const manifest = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')) as Record<string, object | undefined>
    return new Set(KINDS.flatMap((kind) => Object.keys(manifest[kind] ?? {})))
  } catch {
    return undefined
  }
}
