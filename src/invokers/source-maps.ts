import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { SourceLocation } from '../model/index.js'

const MOST_BYTES = 64 * 1024 * 1024
const KEPT = 3
const FRAME = /(^\s*at (?:.*? \()?)((?!node:)[^()\s:]+):(\d+):(\d+)(\)?$)/

/**
 * Leads from what ran to what the user wrote: by the source maps of files in the mirror, linked or inline, ours and the user's.
 * Maps are read when a place in their file is first asked for. A map that cannot be read leaves places as they are.
 */
export class SourceMaps {
  readonly #taskRoot: string
  readonly #root: string
  readonly #mirror: string
  readonly #known = new Map<string, { readonly dir: string; readonly map: TraceMap } | undefined>()

  /** `taskRoot` is the mirrored task directory, `root` the directory it was made from, `mirror` the top of all that is mirrored. */
  constructor(taskRoot: string, root: string, mirror: string) {
    this.#mirror = mirror
    this.#taskRoot = taskRoot
    this.#root = root
  }

  /** The place in the user's source; the same place when its file has no map. */
  place<T extends SourceLocation | null>(at: T): T {
    const found = at === null ? undefined : this.#original(at.file, at.line, at.column)
    return found === undefined ? at : ({ ...at, ...found } as T)
  }

  /** Innermost frames of the user's own code; those of packages inside a bundle only when there are no others. */
  frames(frames: readonly SourceLocation[]): readonly SourceLocation[] {
    const placed = frames.map((frame) => this.place(frame))
    const own = placed.filter(({ file }) => !file.includes('node_modules/'))
    return (own.length > 0 ? own : placed).slice(0, KEPT)
  }

  stack(text: string): string {
    return text
      .split('\n')
      .map((line) => this.#line(line))
      .join('\n')
  }

  #line(line: string): string {
    const match = FRAME.exec(line)
    const found = match === null ? undefined : this.#original(match[2]!, Number(match[3]), Number(match[4]))
    return match === null || found === undefined ? line : `${match[1]}${found.file}:${found.line}:${found.column}${match[5]}`
  }

  #original(file: string, line: number, column: number): Pick<SourceLocation, 'file' | 'line' | 'column'> | undefined {
    const known = this.#mapOf(file)
    if (known === undefined || line < 1) return undefined
    const { source, line: row, column: at } = originalPositionFor(known.map, { line, column: Math.max(0, column - 1) })
    return source === null ? undefined : { file: this.#shown(source, known.dir), line: row, column: at + 1 }
  }

  #mapOf(file: string) {
    if (!this.#known.has(file)) this.#known.set(file, this.#read(path.resolve(this.#taskRoot, file)))
    return this.#known.get(file)
  }

  #read(file: string): { readonly dir: string; readonly map: TraceMap } | undefined {
    try {
      if (!existsSync(file) || statSync(file).size > MOST_BYTES) return undefined
      const code = readFileSync(file, 'utf8')
      const url = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(code.slice(code.lastIndexOf('sourceMappingURL') - 8))?.[1]
      const text = url === undefined ? undefined : mapText(url, path.dirname(file))
      return text === undefined ? undefined : { dir: path.dirname(file), map: new TraceMap(text) }
    } catch {
      return undefined
    }
  }

  /** Relative to the task root, as all places are; a bundler's own names (`webpack://app/./src/a.ts`) lose their scheme. */
  #shown(source: string, dir: string): string {
    const plain = source.replace(/^webpack:\/\/[^/]*\//, '').replace(/\?[0-9a-f]*$/, '')
    if (plain !== source) return path.normalize(plain)
    const absolute = path.resolve(dir, plain)
    // The mirror has the layout of what it was made from: a source beside the task directory stands beside it there too.
    return path.relative(absolute.startsWith(`${this.#mirror}/`) ? this.#taskRoot : this.#root, absolute)
  }
}

function mapText(url: string, dir: string): string | undefined {
  const inline = /^data:application\/json[^,]*;base64,(.*)$/.exec(url)?.[1]
  if (inline !== undefined) return Buffer.from(inline, 'base64').toString('utf8')
  const file = path.resolve(dir, decodeURIComponent(url))
  // Beside the code or below it: a map elsewhere is nothing that the mirror holds.
  return file.startsWith(`${dir}/`) && existsSync(file) && statSync(file).size <= MOST_BYTES
    ? readFileSync(file, 'utf8')
    : undefined
}
