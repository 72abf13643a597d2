import type { Operation, ServiceModel } from '../models/model.js'
import type { AwsRequest } from '../request.js'
import { decodePart } from './rest-json.js'

interface Route {
  readonly api: Operation
  readonly method: string
  readonly segments: readonly string[]
  readonly query: readonly (readonly [string, string])[]
}

const tables = new WeakMap<ServiceModel, readonly Route[]>()

/** The operation of a REST API that a method and path mean, with the labels found in the path. */
export function findRoute(
  model: ServiceModel,
  request: AwsRequest,
): { api: Operation; labels: ReadonlyMap<string, string> } | undefined {
  const routes = tables.get(model) ?? routesOf(model)
  tables.set(model, routes)
  const path = segmentsOf(request.path)
  for (const { api, method, segments, query } of routes) {
    if (method !== request.method || !query.every(([name, value]) => request.query.get(name) === value)) continue
    const labels = matchPath(segments, path)
    if (labels !== undefined) return { api, labels }
  }
  return undefined
}

const segmentsOf = (path: string): string[] =>
  path
    .replace(/(.)\/$/, '$1')
    .slice(1)
    .split('/')

/** The most special first: literals before labels before labels that take the rest, and more fixed query before less. */
function routesOf(model: ServiceModel): Route[] {
  const routes = model.operationNames.flatMap((name): Route[] => {
    const api = model.operation(name)!
    if (api.http === undefined) return []
    const [path = '', search = ''] = api.http.uri.split('?')
    return [{ api, method: api.http.method, segments: segmentsOf(path), query: [...new URLSearchParams(search)] }]
  })
  const rank = ({ segments }: Route): string =>
    segments.map((part) => (!part.startsWith('{') ? 'a' : part.endsWith('+}') ? 'c' : 'b')).join('')
  return routes.sort((a, b) => b.query.length - a.query.length || (rank(a) < rank(b) ? -1 : 1))
}

function matchPath(want: readonly string[], given: readonly string[]): Map<string, string> | undefined {
  // The stage stands before @connections in the path of an API's own host.
  const from = want[0]?.startsWith('@') ? Math.max(0, given.indexOf(want[0])) : 0
  const have = given.slice(from)
  const greedy = want.some((part) => part.endsWith('+}'))
  if (greedy ? have.length < want.length : have.length !== want.length) return undefined
  const labels = new Map<string, string>()
  for (const [i, part] of want.entries()) {
    const after = want.length - i - 1
    const rest = part.endsWith('+}')
    const at = labels.size > 0 && want.slice(0, i).some((p) => p.endsWith('+}')) ? have.length - after - 1 : i
    const segment = rest ? have.slice(i, have.length - after).join('/') : have[at]!
    if (!part.startsWith('{')) {
      if (decodePart(segment) !== part) return undefined
    } else if (segment === '') return undefined
    else labels.set(part.replace(/[{}+]/g, ''), decodePart(segment))
  }
  return labels
}
