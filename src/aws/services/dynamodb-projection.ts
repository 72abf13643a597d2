import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import type { ExpressionAttributes } from './dynamodb-names.js'
import { checkOverlap, ExpressionReader, type Path, valueAt } from './dynamodb-path.js'
import { type Item, typeOf } from './dynamodb-value.js'

/** Paths of a ProjectionExpression; throws DynamoError. */
export function parseProjection(text: string, attributes: ExpressionAttributes): readonly Path[] {
  const reader = new ExpressionReader(text, attributes)
  const paths = [reader.path()]
  while (reader.accept(',')) paths.push(reader.path())
  if (!reader.ended) throw reader.problem()
  checkOverlap(paths)
  return paths
}

/** The item cut down to what lies on the paths; lists keep the order of their members and lose the gaps. */
export function project(item: Item, paths: readonly Path[]): Item {
  const found = paths.filter((path) => valueAt(item, path) !== undefined)
  return (cut({ M: item }, found)?.M ?? {}) as Item
}

function cut(value: JsonObject, paths: readonly Path[]): JsonObject | undefined {
  if (paths.some((path) => path.length === 0)) return value
  const type = typeOf(value)
  const inner = value[type]
  const kept: [string | number, Json][] = []
  for (const name of new Set(paths.map((path) => path[0]!))) {
    const child = isJsonObject(inner) || Array.isArray(inner) ? (inner as JsonObject)[name] : undefined
    if (!isJsonObject(child)) continue
    const rest = paths.filter((path) => path[0] === name).map((path) => path.slice(1))
    const part = cut(child, rest)
    if (part !== undefined) kept.push([name, part])
  }
  if (type === 'L') return { L: kept.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child) }
  return { M: Object.fromEntries(kept) }
}
