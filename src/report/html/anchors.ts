import type { Finding } from '../../model/index.js'

export type Anchors = ReadonlyMap<Finding, string>

/** The id of each finding on the page: 12 hex digits of its fingerprint, so that links outlive a run. */
export function anchorsOf(findings: readonly Finding[]): Anchors {
  const anchors = new Map<Finding, string>()
  const taken = new Set<string>()
  for (const [i, finding] of findings.entries()) {
    const hex = /^[0-9a-f]{12}/.exec(finding.fingerprint)?.[0] ?? `finding-${i + 1}`
    const anchor = taken.has(hex) ? `${hex}-${i + 1}` : hex
    taken.add(anchor)
    anchors.set(finding, anchor)
  }
  return anchors
}
