import type { Observation, Secret } from '../../model/index.js'
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

const SHORTEST = 8
const PLACEHOLDER = /\{\{ef-secret (.*?)\}\}/g

/**
 * What each finished invocation showed. A run that goes on answers from it instead of invoking again: the same seed asks for the
 * same events in the same order. Secrets stand in it by their names only.
 */
export class Journal implements Disposable {
  /** Names of secrets that stand in what an earlier part has seen; their values are these placeholders now. */
  readonly secrets: readonly Secret[]
  #known = new Map<string, Observation[]>()
  #file: LineFile

  constructor(file: string, resumed: boolean, commits: Commits) {
    const entries = resumed ? readLines<Entry>(file) : []
    for (const { target, sha256, seen } of entries) {
      const key = `${target}\0${sha256}`
      this.#known.set(key, [...(this.#known.get(key) ?? []), observationOf(seen)])
    }
    const names = new Set([...JSON.stringify(entries).matchAll(PLACEHOLDER)].map(([, name]) => name!))
    this.secrets = [...names].map((name) => ({ name, value: placeholder(name) }))
    this.#file = commits.open(file)
  }

  /** What the same event showed before; each time it was run once. */
  take(target: string, sha256: string): Observation | undefined {
    return this.#known.get(`${target}\0${sha256}`)?.shift()
  }

  add(target: string, sha256: string, { outcome, log, cpuUs, rssBytes }: Observation, secrets: readonly Secret[]): void {
    this.#file.add(hidden({ target, sha256, seen: { outcome, log, cpuUs, rssBytes } }, secrets))
  }

  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]()
  }
}

const observationOf = ({ outcome, log, cpuUs, rssBytes }: Seen): Observation =>
  seenFromOutside(outcome, log, { ms: cpuUs / 1000, rssBytes })

const placeholder = (name: string): string => `{{ef-secret ${name}}}`

function hidden(entry: Entry, secrets: readonly Secret[]): object {
  if (secrets.length === 0) return entry
  const own = secrets.filter(({ value }) => value.length >= SHORTEST)
  if (own.length === 0) return entry
  let text = JSON.stringify(entry)
  for (const { name, value } of own) text = text.replaceAll(JSON.stringify(value).slice(1, -1), placeholder(name))
  return JSON.parse(text) as object
}
