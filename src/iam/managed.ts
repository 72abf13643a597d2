import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type Json, type NamedPolicy, PACKAGE_ROOT } from '../model/index.js'

interface Snapshot {
  readonly source: string
  readonly version: string
  readonly date: string
  /** Documents as text, by ARN without `arn:aws:iam::aws:policy/`. */
  readonly policies: Readonly<Record<string, string>>
}

const OF_AWS = /^arn:aws[a-z-]*:iam::aws:policy\//

// Read at the first question, never on import.
let loaded: Snapshot | undefined
let byName: ReadonlyMap<string, string> | undefined

function snapshot(): Snapshot {
  loaded ??= JSON.parse(
    gunzipSync(readFileSync(new URL('data/managed-policies.json.gz', PACKAGE_ROOT))).toString('utf8'),
  ) as Snapshot
  return loaded
}

/** Which day's texts of AWS's managed policies these are: `{ source, version, date }`. */
export function managedOrigin(): { readonly source: string; readonly version: string; readonly date: string } {
  const { source, version, date } = snapshot()
  return { source, version, date }
}

/** Every managed policy of AWS, by its ARN without `arn:aws:iam::aws:policy/`. */
export const managedNames = (): readonly string[] => Object.keys(snapshot().policies)

/** A managed policy of AWS by ARN, or by name with or without its path; undefined for any other. */
export function managedPolicy(name: string): NamedPolicy | undefined {
  if (name.startsWith('arn:') && !OF_AWS.test(name)) return undefined
  const { policies } = snapshot()
  byName ??= new Map(Object.keys(policies).map((key) => [key.slice(key.lastIndexOf('/') + 1), key]))
  const wanted = name.replace(OF_AWS, '')
  const key = Object.hasOwn(policies, wanted) ? wanted : name.startsWith('arn:') ? undefined : byName.get(wanted)
  if (key === undefined) return undefined
  return { name: key.slice(key.lastIndexOf('/') + 1), document: JSON.parse(policies[key]!) as Json }
}
