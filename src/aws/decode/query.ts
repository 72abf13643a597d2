import type { Json, JsonObject } from '../../model/index.js'
import { modelsOf } from '../models/model.js'
import { type Member, membersOf, own, type Shape } from '../models/shapes.js'
import type { DecodedBody } from './decoded.js'
import { typedText } from './typed.js'

const MOST_FIELDS = 5000
const DEEPEST = 20

type Node = string | Map<string, Node>

/** AWS Query (SNS, SES, STS, IAM, SQS of old) and EC2-Query: a form with `Action`, whose dotted names become nested parameters. */
export function decodeQuery(service: string, form: URLSearchParams, bytes: Buffer): DecodedBody {
  const fields = [...form].filter(([name]) => name !== 'Action' && name !== 'Version' && !name.startsWith('X-Amz-'))
  const operation = form.get('Action') ?? 'unknown'
  const model = queryModel(service, operation)
  const protocol = model?.protocol === 'ec2' ? ('ec2' as const) : ('query' as const)
  const known = { operation, protocol, bytes, model, api: model?.operation(operation) }
  const tooMany = fields.length > MOST_FIELDS || fields.some(([name]) => name.split('.', DEEPEST + 1).length > DEEPEST)
  if (tooMany) return { ...known, params: {}, problem: 'The query string has too many or too deep parameters' }
  const root = new Map<string, Node>()
  for (const [name, value] of fields) plant(root, name.split('.'), value)
  const params = known.api === undefined ? toJson(root) : fromTree(known.api.input, root, protocol === 'ec2')
  return { ...known, params: params as JsonObject, problem: null }
}

/** A service that has the operation, before one that only speaks the protocol: SQS once spoke Query, and its old clients still do. */
function queryModel(service: string, operation: string) {
  const models = modelsOf(service)
  const speaking = models.filter(({ protocol }) => protocol === 'query' || protocol === 'ec2')
  return [...speaking, ...models].find((model) => model.operation(operation) !== undefined) ?? speaking[0] ?? models[0]
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

/** A tree of fields as the shape says. What the shape does not know is kept, untyped. */
function fromTree(shape: Shape, node: Node, ec2: boolean): Json {
  if (shape.kind === 'list')
    return itemsOf(node, [shape.item.traits.xml ?? 'member', 'member']).map((item) => fromTree(shape.item.shape, item, ec2))
  if (shape.kind === 'map') {
    const result: Record<string, Json> = {}
    for (const entry of itemsOf(node, ['entry'])) {
      if (!(entry instanceof Map)) continue
      const value = entry.get(shape.value.traits.xml ?? 'value')
      own(
        result,
        String(entry.get(shape.key.traits.xml ?? 'key') ?? ''),
        value === undefined ? null : fromTree(shape.value.shape, value, ec2),
      )
    }
    return result
  }
  if (typeof node === 'string') return membersOf(shape).length > 0 && node === '' ? {} : typedText(shape, node)
  const members = new Map(membersOf(shape).map((member) => [wireName(member, ec2), member]))
  const result: Record<string, Json> = {}
  for (const [name, child] of node) {
    const member = members.get(name)
    own(result, member?.name ?? name, member === undefined ? toJson(child) : fromTree(member.shape, child, ec2))
  }
  return result
}

function wireName({ name, traits }: Member, ec2: boolean): string {
  const wire = traits.xml ?? name
  return ec2 ? (traits.ec2 ?? wire.charAt(0).toUpperCase() + wire.slice(1)) : wire
}

/** Items in the order of their numbers, whether they stand under a wrapper (`X.member.1`) or directly (`X.1`). */
function itemsOf(node: Node, wrappers: readonly string[]): Node[] {
  if (!(node instanceof Map)) return node === '' ? [] : [node]
  const wrapped = wrappers.map((name) => node.get(name)).find((inner) => inner instanceof Map)
  const inner = wrapped instanceof Map ? wrapped : node
  return [...inner]
    .filter(([key]) => /^\d{1,9}$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item)
}

/** Without a shape: `X.member.1` is a list; `X.entry.1.Name/Value` (or key/value) is a map. */
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
