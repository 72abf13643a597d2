import type { StoredCase } from '#src/campaign/stored-case.js'
import type { CaseId, Finding } from '#src/model/index.js'

/** A case file for a finding of a made-up report: complete, though nothing would run it. */
export const storedCaseOf = ({
  fingerprint,
  rule,
  proof,
  target,
  sources,
  surface,
  stage,
  pointer,
  case: made,
  replay,
}: Finding): StoredCase => {
  const source = sources[0] ?? 'direct'
  const draft = { surface, stage, wire: null, placed: null, base: null, labels: [] }
  return {
    schemaVersion: 1,
    tool: { name: 'eventfuzz', version: '0.1.0' },
    ...{ fingerprint, rule, proof, source, surface, stage, pointer, replay },
    target: {
      ...{
        id: target,
        file: `/shop/${target}.mjs`,
        export: 'handler',
        root: '/shop',
        runtime: 'nodejs22.x',
        sources,
        triggers: {},
      },
      ...{ environment: {}, timeoutMs: 3_000, memoryMb: 128, fixtures: [] },
    },
    seed: 7,
    steps: made.steps,
    case: { id: 'case-1' as CaseId, source, contract: 'async', surface, stage, draft, wire: null, canaries: [], injection: null },
  }
}
