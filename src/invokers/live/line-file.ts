import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '../../model/index.js'

/**
 * Writes what several files were given in one turn of the event loop at its end, each in one call: a call costs more than a line.
 * Files are written in the order in which they were opened.
 */
export class Commits {
  #files: LineFile[] = []
  #turn: Promise<void> | undefined

  open(file: string): LineFile {
    const opened = new LineFile(file)
    this.#files.push(opened)
    return opened
  }

  /** Everything that was added until now is in the files when it resolves. Throws ConfigError where that cannot be. */
  done(): Promise<void> {
    this.#turn ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#turn = undefined
        try {
          this.flush()
          resolve()
        } catch (error) {
          reject(error as Error)
        }
      })
    })
    return this.#turn
  }

  flush(): void {
    for (const file of this.#files) file.flush()
  }
}

/** A file of JSON lines that is only ever appended to. */
export class LineFile implements Disposable {
  #fd: number | undefined
  #file: string
  #lines = ''

  constructor(file: string) {
    this.#file = file
  }

  add(line: object): void {
    this.#lines += `${JSON.stringify(line)}\n`
  }

  flush(): void {
    if (this.#lines === '') return
    writeSync(this.#open(), this.#lines)
    this.#lines = ''
  }

  [Symbol.dispose](): void {
    this.flush()
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }

  #open(): number {
    if (this.#fd !== undefined) return this.#fd
    try {
      mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 })
      this.#fd = openSync(this.#file, 'a', 0o600)
      return this.#fd
    } catch (error) {
      // What cannot be written down is not done.
      throw new ConfigError(`${this.#file} cannot be written (${(error as NodeJS.ErrnoException).code}): nothing was sent`)
    }
  }
}
