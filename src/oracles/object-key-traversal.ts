import { getAt, type Observation, type Oracle, SLOT } from '../model/index.js'

/** Begins the label of a case of an honest event and the same with dots and slashes: see campaign/object-keys.ts. */
const CLIMBS = 'climbs in an object key: '

/** Dots and slashes of a field are resolved before the key of an object is made: it leaves the directory that keys were in. */
export const objectKeyTraversal: Oracle = {
  id: 'object-key-traversal',
  title: 'Event data leaves the directory of an object key',
  severity: 'high',
  cwe: ['CWE-22', 'CWE-639'],
  owasp: ['S1', 'S5'],
  proof: 'contract',
  sinks: [],
  remediation:
    'Refuse values with "..", or make the key first and check that it starts with the prefix of the caller, the slash behind it included.',
  *judge(trial) {
    const [label = ''] = trial.case.draft.labels
    if (trial.case.stage !== 'sequence' || !label.startsWith(CLIMBS)) return
    const wire = label.slice(CLIMBS.length)
    const canary = trial.case.canaries.find(({ point }) => point.wire === wire)
    const [before = [], after = []] = trial.observations.map(keysIn)
    const leaf = getAt(trial.case.draft.wire, wire)
    if (canary === undefined || typeof leaf !== 'string') return
    const own = leaf.slice(0, leaf.indexOf(SLOT)).split('/').length - 1
    for (const { effect, key } of after) {
      const honest = before.find((one) => one.effect.api === effect.api && one.key.includes(canary.canary))
      if (honest === undefined || !leaves(honest.key, key, canary.canary, own)) continue
      yield {
        rule: 'object-key-traversal',
        canary,
        sink: { kind: 'aws', api: effect.api, location: effect.location, frames: effect.frames },
        anchor: `key:${effect.api}`,
        cause: 'key',
        evidence: `The key of ${effect.api} is ${honest.key.slice(0, 200)} for an honest value, and ${key.slice(0, 200)} for one with ../`,
      }
      return
    }
  },
}

const keysIn = ({ effects }: Observation) =>
  effects.flatMap((effect) => {
    const key = effect.kind === 'aws' && effect.service === 's3' ? effect.params['Key'] : undefined
    return effect.kind === 'aws' && typeof key === 'string' ? [{ effect, key: key.toLowerCase() }] : []
  })

/**
 * The marker stands further up than in the honest key, beyond what the field itself holds. Dots that are still there lead nowhere:
 * S3 knows no directories.
 */
function leaves(honest: string, key: string, marker: string, own: number): boolean {
  const depth = (one: string): number => one.slice(0, one.indexOf(marker)).split('/').length
  return key.includes(marker) && !/(?:^|\/)\.\.?(?:\/|$)/.test(key) && depth(key) < depth(honest) - own
}
