import type { StoredCase } from '../campaign/stored-case.js'
import type { Finding, Report } from '../model/index.js'
import { forgetKnown, type KnownFinding, readKnown, type Seen, writeKnown } from './known-findings.js'
import type { Retested } from './retest.js'
import { readTrend, trendPoint, writeTrend } from './trend.js'

/** What a run says of what it knew before. */
export interface Settled {
  readonly findings: readonly Finding[]
  /** Cases of findings that this run did not find by itself. */
  readonly cases: readonly StoredCase[]
}

/** Which of its known findings a run speaks of. */
export interface Scope {
  /** Targets that were tested: of others nothing can be said to be fixed. */
  readonly tested: ReadonlySet<string>
  isIn(known: KnownFinding): boolean
}

/** Findings of earlier runs: what this run makes of them, and what later ones are to know. */
export class History {
  #dir: string | undefined
  #known: Map<string, KnownFinding>
  #retested = new Map<string, Retested['reproduced']>()

  /** Without a directory nothing is known, and nothing is kept. */
  constructor(dir: string | undefined) {
    this.#dir = dir
    this.#known = new Map((dir === undefined ? [] : readKnown(dir)).map((one) => [one.finding.fingerprint, one]))
  }

  /** What is known of a target, open findings first. */
  of(target: string, isIn: Scope['isIn']): readonly KnownFinding[] {
    const all = [...this.#known.values()].filter((one) => one.finding.target === target && isIn(one))
    return all.sort((a, b) => Number(a.state === 'fixed') - Number(b.state === 'fixed'))
  }

  take({ finding, reproduced }: Retested): void {
    this.#retested.set(finding.fingerprint, reproduced)
  }

  /** What the search found and what was known, each with its status. `superseded`: a better rule speaks of it now. */
  settle(found: readonly Finding[], superseded: ReadonlySet<string>, scope: Scope): Settled {
    const again = found.map((finding) => this.#found(finding))
    const others = [...this.#known.values()].filter(
      (one) =>
        scope.isIn(one) &&
        !superseded.has(one.finding.fingerprint) &&
        !found.some(({ fingerprint }) => fingerprint === one.finding.fingerprint),
    )
    const rest = others.flatMap((one) => {
      const finding = this.#notFound(one, scope)
      return finding === undefined ? [] : [{ finding, stored: one.stored }]
    })
    return { findings: [...again, ...rest.map(({ finding }) => finding)], cases: rest.map(({ stored }) => stored) }
  }

  #found(finding: Finding): Finding {
    const known = this.#known.get(finding.fingerprint)
    if (known === undefined || finding.status === 'flaky') return finding
    return { ...finding, status: known.state === 'fixed' ? 'regressed' : 'existing' }
  }

  /** Absence is not proof: only a re-test that shows it no more makes it fixed. */
  #notFound({ finding: known, state }: KnownFinding, { tested }: Scope): Finding | undefined {
    const finding = { ...known, suppression: null }
    const reproduced = this.#retested.get(known.fingerprint)
    // Silence of a function that fails honest events too proves nothing.
    if (reproduced === undefined || (reproduced.k === 0 && !tested.has(known.target)))
      return state === 'open' ? { ...finding, status: 'not-tested' } : undefined
    if (reproduced.k === 0) return state === 'open' ? { ...finding, reproduced, status: 'fixed' } : undefined
    if (reproduced.k < reproduced.n || known.status === 'flaky') return { ...finding, reproduced, status: 'flaky' }
    return { ...finding, reproduced, status: state === 'fixed' ? 'regressed' : 'existing' }
  }

  /** The report with the runs before it. */
  withTrend(report: Report): Report {
    return this.#dir === undefined ? report : { ...report, trend: [...readTrend(this.#dir), trendPoint(report)] }
  }

  /** For the runs to come. `cases` holds those of all findings that were seen. */
  remember(findings: readonly Finding[], cases: ReadonlyMap<string, StoredCase>, superseded: Iterable<string>, now: Seen): void {
    if (this.#dir === undefined) return
    for (const fingerprint of superseded) if (this.#known.has(fingerprint)) forgetKnown(this.#dir, fingerprint)
    const changed = findings
      .filter(({ status }) => status !== 'not-tested')
      .flatMap((finding): KnownFinding[] => {
        const before = this.#known.get(finding.fingerprint)
        const stored = cases.get(finding.fingerprint) ?? before?.stored
        return stored === undefined ? [] : [next(finding, stored, before, now)]
      })
    writeKnown(this.#dir, changed)
  }

  /** After `remember`: the line of this run. */
  keepTrend({ trend }: Report): void {
    if (this.#dir !== undefined && trend !== undefined) writeTrend(this.#dir, trend)
  }
}

function next(finding: Finding, stored: StoredCase, before: KnownFinding | undefined, now: Seen): KnownFinding {
  const isFixed = finding.status === 'fixed'
  return {
    schemaVersion: 1,
    state: isFixed ? 'fixed' : 'open',
    firstSeen: before?.firstSeen ?? now,
    lastSeen: isFixed ? (before?.lastSeen ?? now) : now,
    fixed: isFixed ? now : null,
    // What the baseline says is asked again each time.
    finding: { ...finding, suppression: null },
    stored,
  }
}
