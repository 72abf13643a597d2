import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { Grant } from '../grants.js'
import type { Seen } from '../judge-grant.js'
import { type Kept, keepOf } from './keep.js'
import type { Generalisation } from './learn.js'

/** A statement, rewritten: none when nothing of it is needed. */
export interface Rewritten {
  readonly statements: readonly JsonObject[]
  readonly generalised: readonly Generalisation[]
}

/** An Allow, cut down to what is needed of its grants; the statement itself when nothing can be taken away. */
export function rewrite(statement: JsonObject, grants: readonly Grant[], seen: Seen): Rewritten {
  const same = { statements: [statement], generalised: [] }
  const kept = grants.map((grant) => ({ grant, kept: keepOf(grant, seen) }))
  if (kept.every((one) => one.kept === undefined)) return same
  const entries = kept.flatMap(({ grant, kept: some }) =>
    some === undefined ? [whole(grant)] : some.map((one) => placed(one, grant)),
  )
  const pieces = groupsOf([...entries, ...unknown(statement, grants)], statement)
  const generalised = kept.flatMap(({ kept: some }) => (some ?? []).flatMap((one) => one.generalised))
  return { statements: named(pieces, statement), generalised: distinct(generalised) }
}

interface Entry {
  readonly action: string
  readonly resources: readonly string[]
}

/** Actions that our list does not know stay: IAM may have learnt of them since. */
function unknown({ Action, Resource }: JsonObject, grants: readonly Grant[]): Entry[] {
  const known = new Set(grants.map(({ action }) => action))
  return textsOf(Action)
    .filter((action) => !known.has(action))
    .map((action) => ({ action, resources: textsOf(Resource) }))
}

const textsOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? (value as readonly Json[]) : [value]).filter((text) => typeof text === 'string')

/** The grant as it is written, to stay. */
const whole = (grant: Grant): Entry => ({ action: grant.action, resources: [grant.written] })
const placed = ({ actions, resources }: Kept, grant: Grant): Entry => ({
  action: actions[0]!,
  resources: resources ?? [grant.written],
})

/** Actions that share their resources stand together; merging others would grant what nobody asked for. */
function groupsOf(entries: readonly Entry[], statement: JsonObject): JsonObject[] {
  const byAction = new Map<string, Set<string>>()
  for (const { action, resources } of entries) {
    const set = byAction.get(action) ?? new Set()
    for (const resource of resources) set.add(resource)
    byAction.set(action, set)
  }
  const groups = new Map<string, { actions: string[]; resources: string[] }>()
  for (const [action, set] of byAction) {
    const resources = [...set].sort()
    const key = JSON.stringify(resources)
    const group = groups.get(key) ?? { actions: [], resources }
    group.actions.push(action)
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => statementOf(group, statement))
}

function statementOf({ actions, resources }: { actions: string[]; resources: string[] }, statement: JsonObject): JsonObject {
  const { Condition, NotResource, NotAction } = statement
  const kept = actions.some((action) => action.startsWith('NotAction: '))
  return {
    Effect: 'Allow',
    ...(kept ? { NotAction: NotAction! } : { Action: oneOrAll(actions.sort()) }),
    ...(NotResource === undefined ? { Resource: oneOrAll(resources) } : { NotResource }),
    ...(Condition === undefined ? {} : { Condition }),
  }
}

const oneOrAll = (list: readonly string[]): Json => (list.length === 1 ? list[0]! : list)

/** A Sid stands once: the further pieces get a number. */
function named(pieces: readonly JsonObject[], { Sid }: JsonObject): JsonObject[] {
  if (typeof Sid !== 'string' || Sid === '') return [...pieces]
  return pieces.map((piece, i) => ({ Sid: i === 0 ? Sid : `${Sid}${i + 1}`, ...piece }))
}

const distinct = (list: readonly Generalisation[]): Generalisation[] => [
  ...new Map(list.map((one) => [`${one.to} ${one.from.join(' ')}`, one])).values(),
]

/** The statements of a document, in a list. */
export function statementsIn(document: Json): readonly JsonObject[] {
  const found = isJsonObject(document) ? document.Statement : undefined
  return (Array.isArray(found) ? (found as readonly Json[]) : [found]).filter((one) => isJsonObject(one))
}
