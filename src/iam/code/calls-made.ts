import type { CodeSite, Evidence } from '../../model/index.js'
import { documentAlias } from '../call-sites.js'
import { allActions } from '../snapshot.js'

/** How many of the AWS calls that the code writes were made on honest input. */
export interface CallsMade {
  readonly written: number
  readonly made: number
}

/** Counts places; of several that write the same call, the one that is nearest to where it was made. */
export function callsMade(sites: readonly CodeSite[], evidence: readonly Evidence[]): CallsMade {
  const operations = new Set(allActions().map(({ name }) => name.slice(name.indexOf(':') + 1)))
  const calls = sites.filter(({ operation, isSdk }) => isSdk || operations.has(operation))
  const made = new Set<CodeSite>()
  for (const { operation, location, stage, control } of evidence) {
    if (!control && stage !== 'valid' && stage !== 'boundary') continue
    const same = calls.filter((site) => site.operation === operation || site.operation === documentAlias(operation))
    const here = location === null ? same : same.filter(({ file }) => location.file.endsWith(file))
    const line = location?.line ?? 0
    const [nearest] = [...(here.length > 0 ? here : same)].sort((a, b) => Math.abs(a.line - line) - Math.abs(b.line - line))
    if (nearest !== undefined) made.add(nearest)
  }
  return { written: calls.length, made: made.size }
}
