import type { Step } from '../campaign/steps.js'
import type { Evidence, Finding, TargetReport } from '../model/index.js'
import type { RunStore } from './run-store.js'

/** What the steps add up to, written to disk as it comes. */
export class Gathered {
  readonly findings = new Map<string, Finding>()
  readonly evidence: Evidence[] = []
  readonly targets: TargetReport[] = []
  #store: RunStore

  constructor(store: RunStore) {
    this.#store = store
  }

  take(step: Step): void {
    if (step.kind === 'called') this.#called(step.evidence)
    else if (step.kind === 'finished') this.targets.push(step.target)
    else if (step.kind === 'found') {
      this.findings.set(step.finding.fingerprint, step.finding)
      this.#store.append('findings.jsonl', [step.finding])
      this.#store.write(`cases/${step.finding.fingerprint}.json`, `${JSON.stringify(step.stored, null, 2)}\n`)
    } else if (step.kind === 'superseded') {
      this.findings.delete(step.fingerprint)
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
