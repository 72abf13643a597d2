import { containsGlob, globsOverlap, matchesGlob } from './glob.js'

// The account of local runs: which account the function will live in, the policy knows and the recorder does not.
const LOCAL_ACCOUNT = '000000000000'
const ACCOUNT = 4

/** True when a policy's resource pattern matches a recorded ARN (`*`: the call named no resource). A wildcard never crosses a colon of the first five. */
export function matchesArn(pattern: string, arn: string): boolean {
  const [outer, text] = [split(pattern), split(arn)]
  if (outer === undefined || text === undefined) return matchesGlob(pattern, arn)
  return outer.every((part, i) => matchesGlob(part, text[i]!) || (i === ACCOUNT && isLocal(part, text[i]!)))
}

/** True when every ARN matched by `inner` is matched by `outer`. */
export function containsArns(outer: string, inner: string): boolean {
  const [a, b] = [split(outer), split(inner)]
  if (a === undefined || b === undefined) return containsGlob(outer, inner)
  return a.every((part, i) => containsGlob(part, b[i]!))
}

/** True when some ARN is matched by both. */
export function arnsOverlap(one: string, other: string): boolean {
  if (one === '*' || other === '*') return true
  const [a, b] = [split(one), split(other)]
  if (a === undefined || b === undefined) return globsOverlap(one, other)
  return a.every((part, i) => globsOverlap(part, b[i]!))
}

/** The part after the fifth colon: `table/orders`. */
export const resourcePart = (arn: string): string => split(arn)?.[5] ?? arn

/** The pattern with any region: to tell a forbidden call from one that was only recorded in another region. */
export function inAnyRegion(pattern: string): string {
  const parts = split(pattern)
  return parts === undefined || parts[3] === '' ? pattern : [...parts.slice(0, 3), '*', ...parts.slice(4)].join(':')
}

const isLocal = (part: string, account: string): boolean => account === LOCAL_ACCOUNT && /^\d{12}$/.test(part)

function split(arn: string): readonly string[] | undefined {
  const parts = arn.split(':')
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')]
}
