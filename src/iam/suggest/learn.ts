import { hasWildcard } from '../glob.js'
import { containsArns } from '../match-arn.js'

const PARTS = 6
const [REGION, ACCOUNT] = [3, 4]
const LOCAL_ACCOUNT = '000000000000'
// As many keys under one prefix as make it likely that data names them.
const ALIKE = 3

/** Resources seen under one granted pattern, and what was widened on the way to a policy. */
export interface Learned {
  readonly resources: readonly string[]
  readonly generalised: readonly Generalisation[]
}

export interface Generalisation {
  readonly from: readonly string[]
  readonly to: string
}

/**
 * What a grant on `granted` may be narrowed to when only `seen` was used of it; undefined when nothing narrower holds all of it. Keys
 * under one prefix become `prefix/*`. Never wider than what was granted.
 */
export function learn(granted: string, seen: readonly string[]): Learned | undefined {
  const placed = [...new Set(seen.map((arn) => placedLike(arn, granted)))].sort()
  if (placed.length === 0 || placed.some((arn) => !containsArns(granted, arn))) return undefined
  const groups = new Map<string, string[]>()
  for (const arn of placed) {
    const parent = arn.slice(0, arn.lastIndexOf('/') + 1)
    groups.set(parent, [...(groups.get(parent) ?? []), arn])
  }
  const generalised: Generalisation[] = []
  const resources = [...groups].flatMap(([parent, arns]) => {
    const all = `${parent}*`
    if (arns.includes(all)) return [all]
    if (arns.length < ALIKE || !isInside(parent) || !containsArns(granted, all)) return arns
    generalised.push({ from: arns, to: all })
    return [all]
  })
  const distinct = resources.filter((arn) => !resources.some((other) => other !== arn && containsArns(other, arn)))
  if (distinct.includes(granted)) return undefined
  return { resources: distinct, generalised: generalised.filter(({ to }) => distinct.includes(to)) }
}

/** A prefix within one resource, `bucket/` or `table/name/index/`: `table/` alone would be all tables. */
const isInside = (parent: string): boolean => {
  const part = parent
    .split(':')
    .slice(PARTS - 1)
    .join(':')
  return /^arn:[^:]*:s3:::[^/*]+\//.test(parent) || part.split('/').length > 3
}

/** A local run lives in no account and in a region of its own: the policy knows which is meant, else any. */
function placedLike(arn: string, granted: string): string {
  const [parts, pattern] = [arn.split(':'), granted.split(':')]
  if (parts[ACCOUNT] !== LOCAL_ACCOUNT) return arn
  const known = pattern.length >= PARTS
  const place = (i: number): string => (parts[i] === '' ? '' : known ? pattern[i]! : '*')
  return parts.map((part, i) => (i === REGION || i === ACCOUNT ? place(i) : part)).join(':')
}

/** True for a pattern that already names one resource. */
export const isOne = (granted: string): boolean => !hasWildcard(granted)
