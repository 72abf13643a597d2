import { readUserJson } from '../config/index.js'
import { ConfigError, type Finding, readPackageJson } from '../model/index.js'
import { ownSchema } from '../model/own-schema.js'

/** A finding that is known and accepted for a while. */
export interface Accepted {
  readonly fingerprint: string
  /** Kept apart: a risk that someone takes, and a report that is wrong. Left out: accepted. */
  readonly state?: 'accepted' | 'risk-accepted' | 'false-positive'
  readonly reason: string
  readonly owner?: string
  /** A day, such as 2027-03-01: from then on the finding counts again. */
  readonly expires?: string
}

export interface Baseline {
  readonly findings: readonly Accepted[]
}

/** Reads and checks a baseline file. */
export function readBaseline(file: string): Baseline {
  const raw = readUserJson(file, 'The baseline')
  const valid = ownSchema<Baseline>(readPackageJson('schemas/baseline.schema.json'))
  if (valid(raw)) return raw
  const [error] = valid.errors ?? []
  throw new ConfigError(`The baseline ${file} is wrong at ${error?.instancePath || '/'}: it ${error?.message ?? 'does not fit'}`)
}

/** Findings with what the baseline says of them: an accepted one is not new, and suppressed until it expires. */
export const withBaseline = (findings: readonly Finding[], { findings: accepted }: Baseline, today: string): readonly Finding[] =>
  findings.map((finding) => {
    const known = accepted.find(({ fingerprint }) => finding.fingerprint.startsWith(fingerprint.toLowerCase()))
    if (known === undefined) return finding
    const { state = 'accepted', reason, owner = '', expires = '' } = known
    const suppression = { state: expires !== '' && expires <= today ? 'expired' : state, reason, owner, expires }
    return { ...finding, status: finding.status === 'new' ? 'existing' : finding.status, suppression }
  })

const KNOWN = { state: 'known', reason: 'known before this run, which counts only what is new', owner: '', expires: '' }

/** A gate for what is new: what was known before and has not come back does not count. */
export const onlyNew = (findings: readonly Finding[]): readonly Finding[] =>
  findings.map((finding) =>
    finding.suppression === null && (finding.status === 'existing' || finding.status === 'not-tested')
      ? { ...finding, suppression: KNOWN }
      : finding,
  )
