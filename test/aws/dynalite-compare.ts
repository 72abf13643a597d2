import type { Operation } from './dynalite-operations.js'
import type { Answered, Side } from './dynalite-sides.js'
import { TABLES, type Wire } from './dynalite-values.js'

/** What a side made of one operation, in a form that can be compared. */
export interface Outcome {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly body: string
}

// Far more pages than there are items
const MOST_PAGES = 200

/** Asks one side; a Query or Scan with a limit is paged to its end, so that pages of any length compare. */
export async function outcomeOf(side: Side, operation: Operation): Promise<Outcome> {
  const first = await side(operation)
  if (first.status !== 200) return failure(first)
  if (operation.name !== 'Query' && operation.name !== 'Scan') return success(first.body)
  const pages = [first.body]
  while (pages.at(-1)!['LastEvaluatedKey'] !== undefined) {
    if (pages.length > MOST_PAGES) throw new Error(`paging does not end: ${JSON.stringify(operation)}`)
    const params = { ...operation.params, ExclusiveStartKey: pages.at(-1)!['LastEvaluatedKey'] }
    const next = await side({ ...operation, params })
    if (next.status !== 200) return failure(next)
    pages.push(next.body)
  }
  return success(together(operation, pages))
}

function together({ name, params }: Operation, pages: readonly Wire[]): Wire {
  const sum = (member: string): number => pages.reduce((total, page) => total + Number(page[member]), 0)
  const items = pages.flatMap((page) => (page['Items'] as Wire[] | undefined) ?? [])
  // The order of a scan, and of equal keys of an index, is nobody's promise.
  const free = name === 'Scan' || params['IndexName'] !== undefined
  const texts = items.map((item) => canonical(item))
  const Items = free ? texts.sort() : texts
  return {
    Items,
    shown: pages.some((page) => page['Items'] !== undefined),
    Count: sum('Count'),
    ScannedCount: sum('ScannedCount'),
  }
}

const success = (body: Wire): Outcome => ({ status: 200, code: '', message: '', body: canonical(batchSorted(body)) })

function failure({ status, body }: Answered): Outcome {
  const type = String(body['__type'] ?? '')
  const message = String(body['message'] ?? body['Message'] ?? '')
  return { status, code: type.slice(type.lastIndexOf('#') + 1), message, body: '' }
}

/** AWS: the items of a batch come in any order. */
function batchSorted(body: Wire): Wire {
  const { Responses: responses } = body
  if (responses === undefined) return body
  const sorted = Object.entries(responses as Wire).map(
    ([table, items]) => [table, (items as Wire[]).map((item) => canonical(item)).sort()] as const,
  )
  return { ...body, Responses: Object.fromEntries(sorted) }
}

function canonical(value: unknown, name = ''): string {
  if (Array.isArray(value)) {
    const members = value.map((member) => canonical(member))
    return `[${(/^[SNB]S$/.test(name) ? members.sort() : members).join()}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonical(child, key)}`).join()}}`
}

export const agree = (a: Outcome, b: Outcome): boolean => a.status === b.status && a.code === b.code && a.body === b.body

/** Makes one side hold what the other holds, after they parted in a way that is listed. What it refuses goes from both. */
export async function copyItems(from: Side, to: Side): Promise<void> {
  for (const [TableName, { keys }] of Object.entries(TABLES)) {
    const { body } = await from({ name: 'Scan', params: { TableName } })
    for (const Item of body['Items'] as Wire[]) {
      const { status } = await to({ name: 'PutItem', params: { TableName, Item } })
      const Key = Object.fromEntries(keys.map((name) => [name, Item[name]]))
      if (status !== 200) await from({ name: 'DeleteItem', params: { TableName, Key } })
    }
  }
}
