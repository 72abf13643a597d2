import type { Use } from './exercised.js'
import type { AccessLevel, IamAction } from './snapshot.js'
import type { Statement } from './statement.js'

const MOST_NAMES = 6
const MOST_EVIDENCE = 20
const LEVELS: Readonly<Record<AccessLevel, number>> = { P: 0, W: 2, T: 4, R: 6, L: 8 }

/** Actions as people read them, most dangerous first: permissions, then what destroys, then other writes. The prefix goes when there is only one. */
export function listActions(actions: readonly IamAction[], most = MOST_NAMES): string {
  const sorted = byDanger(actions, most)
  const [{ name: first = '' } = {}] = actions
  const prefix = first.slice(0, first.indexOf(':') + 1)
  const oneService = actions.every(({ name }) => name.startsWith(prefix))
  const names = sorted.map(({ name }) => (oneService ? name.slice(name.indexOf(':') + 1) : name))
  return names.join(', ') + (actions.length > most ? ', ...' : '')
}

/** The first ones only: sorting all 22,000 actions of an administrator would take longer than judging them. */
function byDanger(actions: readonly IamAction[], most: number): readonly IamAction[] {
  const first: IamAction[] = []
  for (const action of actions) {
    if (first.length === most && isBefore(first.at(-1)!, action)) continue
    const place = first.findIndex((one) => isBefore(action, one))
    first.splice(place < 0 ? first.length : place, 0, action)
    if (first.length > most) first.pop()
  }
  return first
}

function isBefore(a: IamAction, b: IamAction): boolean {
  const [one, other] = [danger(a), danger(b)]
  return one === other ? a.name < b.name : one < other
}

const DESTROYS = /:(Delete|Terminate|Purge|Remove|Destroy)/

/** Those that destroy stand before other writes. */
function danger({ name, level }: IamAction): number {
  const rank = LEVELS[level]
  return level === 'W' && DESTROYS.test(name) ? rank - 1 : rank
}

/** `dynamodb:PutItem on arn:...`, each once, in order. */
export function listUses(uses: readonly Use[]): readonly string[] {
  const lines = [...new Set(uses.map(lineOf))].sort()
  return lines.length > MOST_EVIDENCE ? [...lines.slice(0, MOST_EVIDENCE), `... and ${lines.length - MOST_EVIDENCE} more`] : lines
}

function lineOf({ action, resource, operation, fromEvent }: Use): string {
  const by = operation === action ? '' : ` (${operation})`
  return `${action} on ${resource}${by}${fromEvent ? ', named by the event' : ''}`
}

export const resourcesOf = (uses: readonly Use[]): string => {
  const resources = [...new Set(uses.map(({ resource }) => resource))].sort()
  const shown = resources.slice(0, MOST_NAMES).join(', ')
  return resources.length > MOST_NAMES ? `${shown} and ${resources.length - MOST_NAMES} more` : shown
}

/** What a reader must know of a grant that does not always hold. */
export const underCondition = ({ conditions }: Statement): string =>
  conditions.length === 0 ? '' : ` Granted only under a condition (${[...new Set(conditions)].join(', ')}).`

export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`
