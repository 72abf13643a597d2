import path from 'node:path'
import type { FileLine, Json, ProjectProblem } from '../../model/index.js'
import { inside, readInside } from '../safe-path.js'
import { lineOfNode, loadYaml } from '../yaml.js'

export type Key = string | number

/** A file of the service, read once. */
export interface SourceFile {
  readonly file: string
  readonly text: string
  readonly value: Json
}

/** Where a value stands: a file, and the keys that lead to it. */
export interface Place {
  readonly source: SourceFile
  readonly path: readonly Key[]
}

export const below = ({ source, path: keys }: Place, ...more: readonly Key[]): Place => ({ source, path: [...keys, ...more] })

/** The line of a value, or of the nearest mapping or list around it. */
export function fileLineOf({ source, path: keys }: Place): FileLine {
  let node: unknown = source.value
  let line = lineOfNode(node) ?? 1
  for (const key of keys) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) break
    node = (node as Readonly<Record<Key, unknown>>)[key]
    line = lineOfNode(node) ?? line
  }
  return { file: source.file, line }
}

/** What came of reading a file: its value, or why there is none. */
export type Loaded = { readonly source: SourceFile } | { readonly why: string }

/** Reads the files of one service, each once, and keeps what was wrong with them. */
export class SourceFiles {
  readonly problems: ProjectProblem[] = []
  private readonly known = new Map<string, Loaded>()
  private readonly root: string
  private readonly edited: ReadonlyMap<string, string> | undefined

  constructor(root: string, edited?: ReadonlyMap<string, string>) {
    this.root = root
    this.edited = edited
  }

  /** A file by the path that stands in the service, relative to `from`. */
  load(from: string, relative: string): Loaded {
    const file = inside(this.root, from, relative)
    if (file === undefined) return { why: `${relative} is outside the project` }
    const known = this.known.get(file) ?? this.read(file)
    this.known.set(file, known)
    return known
  }

  private read(file: string): Loaded {
    if (/\.[cm]?[jt]s$/.test(file)) return { why: `${path.basename(file)} is a program, which is not run` }
    let text: string
    try {
      text = readInside(this.root, file, this.edited)
    } catch (error) {
      return { why: `${path.relative(this.root, file)}: ${(error as Error).message}` }
    }
    try {
      return { source: { file, text, value: parsed(file, text) } }
    } catch (error) {
      const { message, line } = error as Error & { line?: number }
      this.problems.push({ file, line: line ?? null, text: message, unread: true })
      return { why: `${path.relative(this.root, file)} cannot be read` }
    }
  }
}

function parsed(file: string, text: string): Json {
  if (!/\.(?:ya?ml|json)$/.test(file)) return text
  return (loadYaml(text).value ?? null) as Json // JSON is YAML too, and so its errors get a line.
}
