import type { Coverage, Ratio, Untaken } from '../model/index.js'
import type { CountedSite } from './instrumented-copy.js'
import type { SourceMaps } from './source-maps.js'

const MOST_UNTAKEN = 200

interface Placed {
  readonly site: CountedSite
  readonly file: string
  readonly line: number
}

/** What of a target's own code was reached, from the counters of the session that explores. */
export class CoverageMeter {
  #sites: readonly CountedSite[]
  #maps: SourceMaps
  #reached = new Set<number>()

  constructor(sites: readonly CountedSite[], maps: SourceMaps) {
    this.#sites = sites
    this.#maps = maps
  }

  /** Numbers from the target's process: those that are none of ours change nothing in the report. How many of them are new. */
  reach(ids: readonly number[]): number {
    const before = this.#reached.size
    for (const id of ids) this.#reached.add(id)
    return this.#reached.size - before
  }

  report(): Coverage {
    const own = this.#sites.flatMap((site) => this.#placed(site))
    const of = (kind: CountedSite['kind']) => own.filter(({ site }) => site.kind === kind)
    const ways = own.flatMap(({ site }) =>
      site.kind === 'branch' ? [site.id, site.id + 1] : site.kind === 'case' ? [site.id] : [],
    )
    return {
      lines: this.#lines(of('statement')),
      branches: this.#ratio(ways),
      functions: this.#ratio(of('function').map(({ site }) => site.id)),
      untaken: own.flatMap((place) => this.#untaken(place)).slice(0, MOST_UNTAKEN),
    }
  }

  /** Where the user wrote it; nothing for the code of packages inside a bundle. */
  #placed(site: CountedSite): readonly Placed[] {
    const at = this.#maps.place({ file: site.file, line: site.line, column: site.column })
    return at.file.includes('node_modules/') ? [] : [{ site, file: at.file, line: at.line }]
  }

  #ratio = (ids: readonly number[]): Ratio => ({ covered: ids.filter((id) => this.#reached.has(id)).length, total: ids.length })

  /** Lines on which a statement begins. */
  #lines(statements: readonly Placed[]): Ratio {
    const lines = new Map<string, boolean>()
    for (const { site, file, line } of statements) {
      const key = `${file}:${line}`
      lines.set(key, lines.get(key) === true || this.#reached.has(site.id))
    }
    return { covered: [...lines.values()].filter(Boolean).length, total: lines.size }
  }

  /** A condition that was asked and always answered alike. */
  #untaken({ site, file, line }: Placed): readonly Untaken[] {
    if (site.kind === 'case') return this.#reached.has(site.id) ? [] : [{ file, line, condition: site.text, never: 'reached' }]
    if (site.kind !== 'branch') return []
    const [held, not] = [this.#reached.has(site.id), this.#reached.has(site.id + 1)]
    return held === not ? [] : [{ file, line, condition: site.text, never: held ? 'false' : 'true' }]
  }
}
