import type { Json, JsonObject } from '../../model/index.js'
import type { DecodedBody } from './decoded.js'

const MOST_FIELDS = 5000
const DEEPEST = 20

type Node = string | Map<string, Node>

/** AWS Query (SNS, SES, STS, SQS of old): a form with `Action`, whose dotted names become nested parameters. */
export function decodeQuery(form: URLSearchParams, bytes: Buffer): DecodedBody {
  const fields = [...form].filter(([name]) => name !== 'Action' && name !== 'Version' && !name.startsWith('X-Amz-'))
  const operation = form.get('Action') ?? 'unknown'
  const tooMany = fields.length > MOST_FIELDS || fields.some(([name]) => name.split('.', DEEPEST + 1).length > DEEPEST)
  if (tooMany)
    return { operation, protocol: 'query', params: {}, bytes, problem: 'The query string has too many or too deep parameters' }
  const root = new Map<string, Node>()
  for (const [name, value] of fields) plant(root, name.split('.'), value)
  return { operation, protocol: 'query', params: toJson(root) as JsonObject, bytes, problem: null }
}

function plant(root: Map<string, Node>, path: readonly string[], value: string): void {
  let node = root
  for (const part of path.slice(0, -1)) {
    const next = node.get(part)
    const child = next instanceof Map ? next : new Map<string, Node>()
    node.set(part, child)
    node = child
  }
  node.set(path.at(-1)!, value)
}

/** `X.member.1` is a list; `X.entry.1.Name/Value` (or key/value) is a map. */
function toJson(node: Node): Json {
  if (!(node instanceof Map)) return node
  const only = node.size === 1 ? [...node.keys()][0]! : undefined
  const inner = only === 'member' || only === 'entry' ? node.get(only) : node
  if (inner instanceof Map && inner.size > 0 && [...inner.keys()].every((key) => /^\d+$/.test(key))) {
    const items = [...inner].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => toJson(item))
    return only === 'entry' ? Object.fromEntries(items.map(entryOf)) : items
  }
  return Object.fromEntries([...node].map(([name, child]) => [name, toJson(child)]))
}

function entryOf(item: Json, index: number): [string, Json] {
  const { Name, key, Value, value } = (typeof item === 'object' && item !== null ? item : {}) as JsonObject
  return [String(Name ?? key ?? index), Value ?? value ?? null]
}
