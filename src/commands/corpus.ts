import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sourceOf } from '../events/index.js'
import { caseMaker } from '../generate/index.js'
import type { Json, SourceId, Target } from '../model/index.js'

const MOST_BYTES = 8 * 1024 * 1024

/**
 * Honest events that got far, one file for each function and trigger in `.eventfuzz/corpus/`: the next run begins where this one
 * ended. Only runs that time limits use it: those with `--runs` are repeatable. What shows nothing new any more is not written again.
 */
export class Corpus {
  #dir: string

  constructor(cwd: string) {
    this.#dir = path.join(cwd, '.eventfuzz/corpus')
  }

  /** Wire inputs that still make events; none where there is no file, or one that is not ours. */
  read(target: Target, source: SourceId): readonly Json[] {
    let wires: unknown
    try {
      const text = readFileSync(this.#file(target.id, source), 'utf8')
      wires = text.length > MOST_BYTES ? [] : JSON.parse(text)
    } catch {
      return []
    }
    const event = sourceOf(source, target.triggers[source])
    return (Array.isArray(wires) ? (wires as Json[]) : []).filter((wire) => isSound(event, target, source, wire))
  }

  write(target: string, source: SourceId, wires: readonly Json[]): void {
    const file = this.#file(target, source)
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 })
    writeFileSync(`${file}.tmp`, JSON.stringify(wires), { mode: 0o600 })
    renameSync(`${file}.tmp`, file)
  }

  /** Ids are the user's words: a name of ours, and what tells ids apart that look alike. */
  #file(target: string, source: SourceId): string {
    const name = target.replace(/[^\w.-]+/g, '_').slice(-60)
    return path.join(this.#dir, `${name}-${createHash('sha256').update(target).digest('hex').slice(0, 8)}-${source}.json`)
  }
}

/** The file may be of another version, or anybody's. */
function isSound(event: ReturnType<typeof sourceOf>, target: Target, source: SourceId, wire: Json): boolean {
  try {
    const maker = caseMaker(event, target.triggers[source] ?? {}, 1, [wire])
    return maker.render(maker.templates([]).at(-1)!, 1) !== undefined
  } catch {
    return false
  }
}
