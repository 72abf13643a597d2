import { containsGlob, globsOverlap, matchesGlob } from './glob.js'

// The account of local runs: which account the function will live in, the policy knows and the recorder does not.
const LOCAL_ACCOUNT = '000000000000'
const ACCOUNT = 4
const PARTS = 6

/** True when a policy's resource pattern matches a recorded ARN (`*`: the call named no resource). */
export function matchesArn(written: string, arn: string): boolean {
  const pattern = completed(written)
  return (
    pairs(pattern, arn).every(([part, text], i) => matchesGlob(part, text) || (i === ACCOUNT && isLocal(part, text))) ||
    matchesAcross(pattern, arn)
  )
}

/** True when a Resource element matches an ARN to the letter, whatever the account. */
export function matchesResource(written: string, arn: string): boolean {
  const pattern = completed(written)
  return matchesArnExactly(pattern, arn) || matchesAcross(pattern, arn)
}

/** The same for the ARNs of conditions: each part between colons is a glob of its own. */
export const matchesArnExactly = (pattern: string, arn: string): boolean =>
  pairs(pattern, arn).every(([part, text]) => matchesGlob(part, text))

/** AWS: in a Resource, a star that ends a part may stand for colons too; any other stays within its part. */
function matchesAcross(pattern: string, arn: string): boolean {
  // With no more colons than the pattern has, the parts have told already.
  if (!pattern.includes('*:') || colons(arn) <= colons(pattern)) return false
  let row: readonly boolean[] = [true, ...Array.from(arn, () => false)]
  for (let i = 0, seen = 0; i < pattern.length; i++) {
    const sign = pattern[i]!
    if (sign === ':') seen++
    const crosses = seen >= PARTS - 1 || pattern[i + 1] === ':'
    const next = [sign === '*' && row[0]!]
    for (let j = 1; j <= arn.length; j++) {
      const letter = arn[j - 1]!
      const may = letter !== ':' || crosses
      next[j] = sign === '*' ? row[j]! || (next[j - 1]! && may) : row[j - 1]! && (sign === letter || (sign === '?' && may))
    }
    row = next
  }
  return row[arn.length]!
}

const colons = (text: string): number => text.split(':').length - 1

/** AWS: the fields that a resource's ARN lacks at its end are wildcards: `arn:aws:sqs` is `arn:aws:sqs:*:*:*`. */
export function completed(pattern: string): string {
  const parts = pattern.split(':')
  if (parts[0] !== 'arn' || parts.length >= PARTS) return pattern
  return [...parts, ...Array.from({ length: PARTS - parts.length }, () => '*')].join(':')
}

/** True when every ARN matched by `inner` is matched by `outer`. */
export const containsArns = (outer: string, inner: string): boolean =>
  pairs(completed(outer), completed(inner)).every(([a, b]) => containsGlob(a, b))

/** True when some ARN is matched by both. */
export const arnsOverlap = (one: string, other: string): boolean =>
  one === other || pairs(completed(one), completed(other)).every(([a, b]) => globsOverlap(a, b))

/** The part after the fifth colon: `table/orders`. */
export const resourcePart = (arn: string): string => split(arn, PARTS).at(-1)!

/** The region of an ARN or a pattern; undefined when it has none. */
export const regionOf = (arn: string): string | undefined => arn.split(':', 5)[3] || undefined

/** The ARN in another region; one without a region stays as it is. */
export function placedIn(region: string, arn: string): string {
  const parts = split(arn, PARTS)
  return parts.length < PARTS || parts[3] === '' ? arn : parts.with(3, region).join(':')
}

/** The pattern with any region: to tell a forbidden call from one that was only recorded in another region. */
export function inAnyRegion(pattern: string): string {
  const parts = split(pattern, PARTS)
  return parts.length < PARTS || parts[3] === '' ? pattern : [...parts.slice(0, 3), '*', ...parts.slice(4)].join(':')
}

/** The pattern with any region and any account: a role's policies speak of where the function will live, and a local run lives nowhere. */
export function inAnyPlace(pattern: string): string {
  const parts = split(inAnyRegion(pattern), PARTS)
  return parts.length < PARTS || parts[ACCOUNT] === '' ? parts.join(':') : parts.with(ACCOUNT, '*').join(':')
}

const isLocal = (part: string, account: string): boolean => account === LOCAL_ACCOUNT && /^\d{12}$/.test(part)

/** Part against part; what has fewer (`*`) stands against the whole rest of the other. */
function pairs(a: string, b: string): (readonly [string, string])[] {
  const parts = Math.min(split(a, PARTS).length, split(b, PARTS).length)
  const others = split(b, parts)
  return split(a, parts).map((part, i) => [part, others[i]!] as const)
}

function split(arn: string, most: number): readonly string[] {
  const parts = arn.split(':')
  return parts.length <= most ? parts : [...parts.slice(0, most - 1), parts.slice(most - 1).join(':')]
}
