import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Instrumented, instrument } from './instrument.js'

// A small file is instrumented sooner than it is read from the disk and checked.
const LEAST = 64 * 1024
const MOST_KEPT = 32
/** What makes the code: another version of it makes other code of the same file. */
const MAKERS = ['instrument.js', 'cover.js', 'read-js.js']

/**
 * Instrumented code of large files, kept over runs by the hash of what it was made of: a bundle of a megabyte takes a second or two.
 * What cannot be read, or is no such file, is made again; a directory that cannot be written costs nothing but time.
 */
export class KeptCode {
  #dir: string | undefined
  #makers: string | undefined

  /** `dir` undefined: nothing is kept. */
  constructor(dir: string | undefined) {
    this.#dir = dir
  }

  instrument(code: string, first: number): Instrumented | undefined {
    if (this.#dir === undefined || code.length < LEAST) return instrument(code, first)
    const file = path.join(this.#dir, `${this.#keyOf(code, first)}.json`)
    const known = read(file)
    if (known !== undefined) return known
    const made = instrument(code, first)
    if (made !== undefined) this.#keep(file, made)
    return made
  }

  #keyOf(code: string, first: number): string {
    this.#makers ??= MAKERS.map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8')).join('\0')
    return createHash('sha256').update(`${this.#makers}\0${first}\0`).update(code).digest('hex')
  }

  #keep(file: string, made: Instrumented): void {
    const dir = path.dirname(file)
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 })
      writeFileSync(`${file}.${process.pid}.tmp`, JSON.stringify(made), { mode: 0o600 })
      renameSync(`${file}.${process.pid}.tmp`, file)
      const old = readdirSync(dir)
        .map((name) => ({ name: path.join(dir, name), at: statSync(path.join(dir, name)).mtimeMs }))
        .sort((a, b) => b.at - a.at)
      for (const { name } of old.slice(MOST_KEPT)) rmSync(name, { force: true })
    } catch {
      // Read-only, full, or another run took the file away.
    }
  }
}

function read(file: string): Instrumented | undefined {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Instrumented>
    const isWhole = typeof value.text === 'string' && Array.isArray(value.sites) && Number.isSafeInteger(value.next)
    return isWhole && value.sites.every(isSite) ? (value as Instrumented) : undefined
  } catch {
    return undefined
  }
}

const isSite = (site: unknown): boolean => {
  const { id, line, column, text, kind } = (site ?? {}) as Record<string, unknown>
  return [id, line, column].every(Number.isSafeInteger) && typeof text === 'string' && typeof kind === 'string'
}
