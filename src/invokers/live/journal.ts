import { randomBytes } from 'node:crypto'
import { type Observation, type Secret, secretSpellings } from '../../model/index.js'
import { readLines } from './audit-log.js'
import type { Commits, LineFile } from './line-file.js'
import { seenFromOutside } from './outside.js'

/** From outside little is seen: the rest of an observation is empty. */
type Seen = Pick<Observation, 'outcome' | 'log' | 'cpuUs' | 'rssBytes'>

interface Entry {
  readonly target: string
  readonly sha256: string
  readonly seen: Seen
}

/** The first line: what the placeholders of this journal begin with. No function can know it, so none can write one. */
interface Head {
  readonly mark: string
}

const SHORTEST = 8

/**
 * What each finished invocation showed. A run that goes on answers from it instead of invoking again: the same seed asks for the
 * same events in the same order. Secrets stand in it by their names only.
 */
export class Journal implements Disposable {
  /** Names of secrets that stand in what an earlier part has seen; their values are these placeholders now. */
  readonly secrets: readonly Secret[]
  #known = new Map<string, Observation[]>()
  #file: LineFile
  #mark: string

  constructor(file: string, resumed: boolean, commits: Commits) {
    const [head, ...entries] = resumed ? readLines<Head | Entry>(file) : []
    const isOld = head !== undefined && 'mark' in head && typeof head.mark === 'string'
    this.#mark = isOld ? head.mark : `ef-secret-${randomBytes(12).toString('hex')}`
    const names = new Set<string>()
    for (const { target, sha256, seen } of isOld ? (entries as readonly Entry[]) : []) {
      const key = `${target}\0${sha256}`
      const known = this.#known.get(key) ?? []
      known.push(observationOf(seen))
      this.#known.set(key, known)
      for (const name of this.#namesIn(seen)) names.add(name)
    }
    this.secrets = [...names].map((name) => ({ name, value: this.#standIn(name) }))
    this.#file = commits.open(file)
    if (!isOld) this.#file.add({ mark: this.#mark } satisfies Head)
  }

  /** What the same event showed before; each time it was run once. */
  take(target: string, sha256: string): Observation | undefined {
    return this.#known.get(`${target}\0${sha256}`)?.shift()
  }

  add(target: string, sha256: string, { outcome, log, cpuUs, rssBytes }: Observation, secrets: readonly Secret[]): void {
    this.#file.add(this.#hidden({ target, sha256, seen: { outcome, log, cpuUs, rssBytes } }, secrets))
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]()
  }

  #standIn = (name: string): string => `{{${this.#mark} ${name}}}`

  #namesIn(seen: Seen): readonly string[] {
    const text = JSON.stringify(seen)
    if (!text.includes(this.#mark)) return []
    return [...text.matchAll(new RegExp(`\\{\\{${this.#mark} (.*?)\\}\\}`, 'g'))].map(([, name]) => name!)
  }

  #hidden(entry: Entry, secrets: readonly Secret[]): object {
    const own = secrets.filter(({ value }) => value.length >= SHORTEST)
    if (own.length === 0) return entry
    let text = JSON.stringify(entry)
    for (const { name, value } of own)
      for (const spelling of secretSpellings(value)) text = text.replaceAll(spelling, this.#standIn(name))
    return JSON.parse(text) as object
  }
}

const observationOf = ({ outcome, log, cpuUs, rssBytes }: Seen): Observation =>
  seenFromOutside(outcome, log, { ms: cpuUs / 1000, rssBytes })
