import { matchesGlob } from '../glob.js'
import { matchesArnExactly } from '../match-arn.js'
import { inAddressRange } from './ip-address.js'
import { literal, type Pattern } from './pattern.js'

/** How one value of a policy is compared with one of the request. */
export interface Operator {
  readonly name: string
  /** True when no value of the policy may match, and a missing key is as good as another value. */
  readonly negated: boolean
  /** Values of the policy may hold policy variables. */
  readonly variables: boolean
  readonly matches: (wanted: Pattern, given: string) => boolean
}

type Compare = (wanted: Pattern, given: string) => boolean

const exact: Compare = (wanted, given) => wanted.text === given
const ignoringCase: Compare = (wanted, given) => wanted.text.toLowerCase() === given.toLowerCase()
const like: Compare = (wanted, given) => matchesGlob(wanted.glob, literal(given))
// ArnEquals and ArnLike are one: each part between colons is a glob of its own.
const arn: Compare = (wanted, given) => given.startsWith('arn:') && matchesArnExactly(wanted.glob, literal(given))
const bool: Compare = (wanted, given) => wanted.text.toLowerCase() === given.toLowerCase() && /^(true|false)$/i.test(given)
const bytes: Compare = (wanted, given) => Buffer.from(wanted.text, 'base64').equals(Buffer.from(given, 'base64'))
const address: Compare = (wanted, given) => inAddressRange(wanted.text, given)

const comparing =
  (read: (text: string) => number, holds: (given: number, wanted: number) => boolean): Compare =>
  (wanted, given) => {
    const [a, b] = [read(given), read(wanted.text)]
    return !Number.isNaN(a) && !Number.isNaN(b) && holds(a, b)
  }

const numberOf = (text: string): number => (/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN)

// What JavaScript reads besides (`July 4, 2026`) is no date to AWS.
const W3C = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/

/** A W3C form of ISO 8601, or seconds since 1970; four digits are a year. Milliseconds since 1970. */
function timeOf(text: string): number {
  if (/^\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000
  if (!W3C.test(text)) return Number.NaN
  // Without a zone AWS means UTC, JavaScript the zone of this machine.
  return Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text)
}

const operator = (name: string, matches: Compare, more: Partial<Operator> = {}): Operator => ({
  ...{ name, negated: false, variables: false, matches, ...more },
})

const ordered = (kind: 'Numeric' | 'Date', read: (text: string) => number): Operator[] => [
  operator(
    `${kind}Equals`,
    comparing(read, (a, b) => a === b),
  ),
  operator(
    `${kind}NotEquals`,
    comparing(read, (a, b) => a === b),
    { negated: true },
  ),
  operator(
    `${kind}LessThan`,
    comparing(read, (a, b) => a < b),
  ),
  operator(
    `${kind}LessThanEquals`,
    comparing(read, (a, b) => a <= b),
  ),
  operator(
    `${kind}GreaterThan`,
    comparing(read, (a, b) => a > b),
  ),
  operator(
    `${kind}GreaterThanEquals`,
    comparing(read, (a, b) => a >= b),
  ),
]

const text = (name: string, matches: Compare): Operator => operator(name, matches, { variables: true })
const textNot = (name: string, matches: Compare): Operator => operator(name, matches, { variables: true, negated: true })

const OPERATORS: readonly Operator[] = [
  ...[text('StringEquals', exact), textNot('StringNotEquals', exact)],
  ...[text('StringEqualsIgnoreCase', ignoringCase), textNot('StringNotEqualsIgnoreCase', ignoringCase)],
  ...[text('StringLike', like), textNot('StringNotLike', like)],
  ...ordered('Numeric', numberOf),
  ...ordered('Date', timeOf),
  operator('Bool', bool, { variables: true }),
  operator('BinaryEquals', bytes),
  ...[operator('IpAddress', address), operator('NotIpAddress', address, { negated: true })],
  ...[text('ArnEquals', arn), text('ArnLike', arn), textNot('ArnNotEquals', arn), textNot('ArnNotLike', arn)],
  // Asks whether the key is there; it compares nothing.
  operator('Null', () => false),
]
const BY_NAME = new Map(OPERATORS.map((one) => [one.name.toLowerCase(), one]))

export const OPERATOR_NAMES: readonly string[] = OPERATORS.map(({ name }) => name)

/** AWS's spelling of an operator in any case, without set modifier and IfExists; undefined when there is none. */
export const operatorNamed = (name: string): string | undefined => BY_NAME.get(name.toLowerCase())?.name

/** The operator of a name that `operatorNamed` gave. */
export const operatorOf = (name: string): Operator => BY_NAME.get(name.toLowerCase())!
