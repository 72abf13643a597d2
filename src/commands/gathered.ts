import type { Step } from '../campaign/steps.js'
import type { StoredCase } from '../campaign/stored-case.js'
import type { Evidence, Finding, TargetReport } from '../model/index.js'
import type { RunStore } from './run-store.js'

/** What the steps add up to, written to disk as it comes. */
export class Gathered {
  readonly findings = new Map<string, Finding>()
  readonly evidence: Evidence[] = []
  readonly targets: TargetReport[] = []
  /** Of the findings. */
  readonly cases = new Map<string, StoredCase>()
  /** Findings that a better rule took the place of. */
  readonly superseded = new Set<string>()
  #store: RunStore

  constructor(store: RunStore) {
    this.#store = store
  }

  take(step: Step): void {
    if (step.kind === 'called') this.#called(step.evidence)
    else if (step.kind === 'finished') {
      this.targets.push(step.target)
      this.#store.append('targets.jsonl', [step.target])
    } else if (step.kind === 'found') {
      this.findings.set(step.finding.fingerprint, step.finding)
      this.cases.set(step.finding.fingerprint, step.stored)
      this.superseded.delete(step.finding.fingerprint)
      this.#store.append('findings.jsonl', [step.finding])
      this.#store.write(...caseFile(step.stored))
    } else if (step.kind === 'superseded') {
      this.findings.delete(step.fingerprint)
      this.superseded.add(step.fingerprint)
      this.#store.remove(`cases/${step.fingerprint}.json`)
    } else if (step.kind === 'widened') {
      const known = this.findings.get(step.fingerprint)
      if (known !== undefined)
        this.findings.set(step.fingerprint, {
          ...known,
          pointers: [...known.pointers, step.pointer],
          sources: [...new Set([...known.sources, step.source])],
        })
    }
  }

  #called(lines: readonly Evidence[]): void {
    this.#store.append('evidence.jsonl', lines)
    this.evidence.push(...lines)
  }
}

/** Name and text of the file that replay reads. */
export const caseFile = (stored: StoredCase): [name: string, text: string] => [
  `cases/${stored.fingerprint}.json`,
  `${JSON.stringify(stored, null, 2)}\n`,
]
