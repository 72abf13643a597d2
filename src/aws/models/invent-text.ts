import { createHash } from 'node:crypto'
import { arn, type Place } from '../services/service.js'

/** Past and far future, for whatever has happened and whatever is still good. */
const THEN = Date.UTC(2026, 0, 1) / 1000
const FAR = Date.UTC(2099, 0, 1) / 1000

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A UUID that depends on nothing but what it names. */
export function idFor(text: string): string {
  const hex = hashOf(text)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

// The first rule whose pattern fits the member's name decides. All are tried on names of the models, never on what came off the wire.
const RULES: readonly (readonly [RegExp, (name: string, place: Place, service: string) => string])[] = [
  [/arns?$/i, (name, place, service) => arn(service, place, `${kindOf(name.replace(/arns?$/i, ''))}/example`)],
  [/account(?:id)?$|ownerid$/i, (_name, { account }) => account],
  [/region(?:name)?$/i, (_name, { region }) => region],
  [/availabilityzone/i, (_name, { region }) => `${region}a`],
  [/^laststatus$/i, () => 'STOPPED'],
  [/(?:status|state)$/i, () => 'ACTIVE'],
  [/email/i, () => 'user@example.invalid'],
  [/(?:url|uri|endpoint|location)$/i, () => 'https://example.invalid/'],
  [/(?:hostname|domain|domainname|dnsname)$/i, () => 'example.invalid'],
  [/contenttype$|mediatype$/i, () => 'application/json'],
  [/cidr/i, () => '192.0.2.0/24'],
  [/ip(?:v4)?(?:address)?$/i, () => '192.0.2.1'],
  [/(?:etag|md5|sha256|digest|hash)$/i, (name) => hashOf(name).slice(0, 32)],
  [/(?:policy|document|definition|schema|input|output|body|json|payload)$/i, () => '{}'],
  [/(?:id|uuid)$/i, (name) => idFor(name)],
  [/(?:date|time|timestamp|at)$/i, () => '2026-01-01T00:00:00Z'],
  [/version$/i, () => '1'],
]

const kindOf = (name: string): string => (name === '' ? 'resource' : name.toLowerCase())

/** A plausible text for a member of this name. */
export function inventText(name: string, place: Place, service: string): string {
  const rule = RULES.find(([pattern]) => pattern.test(name))
  return rule === undefined ? 'example' : rule[1](name, place, service)
}

/** A small number; a count fits the lists, which `some` says to have one item. */
export function inventNumber(name: string, some: boolean): number {
  if (/^(?:http)?statuscode$/i.test(name)) return 200
  if (/expir|until/i.test(name)) return /in$|seconds$/i.test(name) ? 3600 : FAR
  if (/fail|error|retr|behind|pending|offset/i.test(name)) return 0
  if (/count$|^total|matched/i.test(name)) return some ? 1 : 0
  return 1
}

/** True only for what a function would go on with. */
export const inventFlag = (name: string): boolean =>
  /enabled|success|valid|verified|active|confirmed/i.test(name) && !/disabled|invalid|inactive|truncated|more/i.test(name)

export const inventTime = (name: string): number => (/expir|until|nextrun|deletion/i.test(name) ? FAR : THEN)
