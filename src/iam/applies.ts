import { globsOverlap, hasWildcard, matchesGlob } from './glob.js'
import { arnsOverlap, resourcePart } from './match-arn.js'
import type { IamAction } from './snapshot.js'

/** True when granting the action on this resource pattern has any effect: `s3:GetObject` on a bucket without `/*` has none. */
export function appliesTo({ resources }: IamAction, pattern: string): boolean {
  if (pattern === '*' || /^\*+$/.test(pattern)) return true
  const known = answersFor(pattern)
  return resources.some((format) => {
    const answer = known.get(format) ?? isMet(format, pattern)
    known.set(format, answer)
    return answer
  })
}

const isMet = (format: string, pattern: string): boolean =>
  maySameService(format, pattern) && fits(format, pattern) && arnsOverlap(asGlob(format), pattern)

// The same few formats are asked of a pattern for every action of a service.
const MOST_PATTERNS = 200
const answers = new Map<string, Map<string, boolean>>()

function answersFor(pattern: string): Map<string, boolean> {
  const known = answers.get(pattern)
  if (known !== undefined) return known
  if (answers.size >= MOST_PATTERNS) answers.clear()
  const fresh = new Map<string, boolean>()
  answers.set(pattern, fresh)
  return fresh
}

/** False when the third part alone tells that they are of two services: most pairs are. */
function maySameService(format: string, pattern: string): boolean {
  const service = /^arn:[^:*?]*:([^:*?$]+):/.exec(pattern)?.[1]
  if (service === undefined || !format.startsWith('arn:')) return true
  const own = services.get(format) ?? format.split(':', 3)[2]!
  services.set(format, own)
  return own === service || /[*$]/.test(own)
}

// Of each of a few thousand formats of the snapshot.
const services = new Map<string, string>()

const asGlob = (format: string): string => format.replace(/\$\{[^}]*\}/g, '*')

/** Names of buckets and tables hold no slash: `bucket/*` names objects and never the bucket, `table/orders/index/*` no backup. */
function fits(format: string, pattern: string): boolean {
  if (!/\$\{(BucketName|TableName)\}/.test(format)) return true
  const [own, theirs] = [resourcePart(format).split('/'), resourcePart(pattern).split('/')]
  if (theirs.length > own.length && !/\$\{ObjectName\}$/.test(format)) return false
  const wild = theirs.findIndex((part) => part.includes('*'))
  if (wild < 0 && theirs.length < own.length) return false
  // From the first star on, any number of slashes may be meant.
  const sure = theirs.slice(0, wild < 0 ? own.length : wild)
  return sure.every((part, i) => own[i] === undefined || globsOverlap(asGlob(own[i]), part))
}

/**
 * True when a wildcard in a resource only varies what stands inside one named resource: objects of a bucket, indexes of a table,
 * streams of a log group, the random end of a secret. Such names come from data, so the grant counts as exact.
 */
export function isWithinOneResource({ resources }: IamAction, pattern: string): boolean {
  const part = resourcePart(pattern)
  if (!hasWildcard(part)) return true
  if (/^secret:[^*?]+-(\*|\?{6})$/.test(part)) return true
  const literal = part.slice(0, part.search(/[*?]/))
  return resources.some((format) => {
    const parent = parentOf(format)
    return parent !== undefined && matchesGlob(parent, literal)
  })
}

/** The format up to its last variable, as a glob that asks for every name before it; undefined when there is only one name. */
function parentOf(format: string): string | undefined {
  const part = resourcePart(format)
  const last = part.lastIndexOf('${')
  const parent = part.slice(0, Math.max(last, 0)).replace(/\$\{[^}]*\}/g, '?*')
  return parent.includes('?*') ? `${parent}*` : undefined
}
