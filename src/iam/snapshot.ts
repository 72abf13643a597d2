import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { PACKAGE_ROOT } from '../model/index.js'
import { hasWildcard, matchesGlob } from './glob.js'

/** R read, L list, W write, T tagging, P permissions management. */
export type AccessLevel = 'R' | 'L' | 'W' | 'T' | 'P'

/** One action of IAM, as AWS documents it. */
export interface IamAction {
  /** Counts from 0 in the order in which services are asked for: its place in an ActionSet. */
  readonly id: number
  /** With its prefix, in AWS's own case: `dynamodb:PutItem`. */
  readonly name: string
  readonly level: AccessLevel
  /** ARN formats it can be restricted to: `arn:${Partition}:s3:::${BucketName}`; empty: only `*` has an effect. */
  readonly resources: readonly string[]
}

interface Snapshot {
  readonly source: string
  readonly version: string
  readonly date: string
  readonly services: Readonly<
    Record<string, { readonly resources: readonly (readonly [string, string])[]; readonly actions: string }>
  >
}

// Read at the first question, never on import; one service is unpacked when it is asked for.
let loaded: Snapshot | undefined
let every: readonly IamAction[] | undefined
const unpacked = new Map<string, ReadonlyMap<string, IamAction>>()

function snapshot(): Snapshot {
  loaded ??= JSON.parse(gunzipSync(readFileSync(new URL('data/iam-actions.json.gz', PACKAGE_ROOT))).toString('utf8')) as Snapshot
  return loaded
}

/** What the list of actions is made of, and of which day: `{ source, version, date }`. */
export function snapshotOrigin(): { readonly source: string; readonly version: string; readonly date: string } {
  const { source, version, date } = snapshot()
  return { source, version, date }
}

/** Every service prefix IAM knows. */
export const servicePrefixes = (): readonly string[] => Object.keys(snapshot().services)

/** A service's actions by name in lower case; empty for an unknown prefix. */
export function actionsOf(prefix: string): ReadonlyMap<string, IamAction> {
  const key = prefix.toLowerCase()
  const known = unpacked.get(key)
  if (known !== undefined) return known
  if (!Object.hasOwn(snapshot().services, key)) return new Map()
  const actions = unpack(key)
  unpacked.set(key, actions)
  return actions
}

function unpack(prefix: string): ReadonlyMap<string, IamAction> {
  const { resources, actions } = snapshot().services[prefix]!
  const entries = actions.split(' ').filter((entry) => entry !== '')
  // A service has thousands of actions and a few lists of formats.
  const formats = new Map<string, readonly string[]>([['', []]])
  const formatsOf = (types: string): readonly string[] => {
    const known = formats.get(types)
    if (known !== undefined) return known
    const list = types.split(',').map((index) => resources[Number(index)]?.[1] ?? '*')
    formats.set(types, list)
    return list
  }
  return new Map(
    entries.map((entry) => {
      const [name = '', level = 'W', types = ''] = entry.split(':')
      const action = { id: count++, name: `${prefix}:${name}`, level: level as AccessLevel, resources: formatsOf(types) }
      return [name.toLowerCase(), action]
    }),
  )
}

let count = 0

/** The action of this name in any case, or undefined when IAM has none. */
export function findAction(action: string): IamAction | undefined {
  const colon = action.indexOf(':')
  return colon < 0 ? undefined : actionsOf(action.slice(0, colon)).get(action.slice(colon + 1).toLowerCase())
}

// Policies repeat each other's patterns.
const MOST_PATTERNS = 1_000
const expanded = new Map<string, readonly IamAction[]>()

const NONE: readonly IamAction[] = []

/** Every action that a pattern of a policy names. */
export function expandAction(pattern: string): readonly IamAction[] {
  // A name is found faster than remembered.
  if (!hasWildcard(pattern)) {
    const action = findAction(pattern)
    return action === undefined ? NONE : [action]
  }
  const known = expanded.get(pattern)
  if (known !== undefined) return known
  if (expanded.size >= MOST_PATTERNS) expanded.clear()
  const actions = expand(pattern)
  expanded.set(pattern, actions)
  return actions
}

function expand(pattern: string): readonly IamAction[] {
  const colon = pattern.indexOf(':')
  // Only `*` alone stands for all services; any other text without a colon is no action.
  if (colon < 0) return /^\*+$/.test(pattern) ? allActions() : []
  const [prefix, name] = [pattern.slice(0, colon).toLowerCase(), pattern.slice(colon + 1).toLowerCase()]
  const prefixes = hasWildcard(prefix) ? servicePrefixes().filter((service) => matchesGlob(prefix, service)) : [prefix]
  if (!hasWildcard(name)) return prefixes.flatMap((service) => actionsOf(service).get(name) ?? [])
  return prefixes.flatMap((service) =>
    [...actionsOf(service)].filter(([key]) => matchesGlob(name, key)).map(([, action]) => action),
  )
}

/** The 22,000 of them. */
export function allActions(): readonly IamAction[] {
  every ??= servicePrefixes().flatMap((service) => [...actionsOf(service).values()])
  return every
}
