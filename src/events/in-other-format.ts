import type { Json, SourceId, Target } from '../model/index.js'
import { UUID } from './envelope.js'
import { clientPath, type HttpWire, parameterNames, requestPath, splitRoute, wireOf } from './http-wire.js'

/** Sources that hand a client's request over, the format that they do it in, and the route of all requests. */
const FORMATS = {
  'apigw-v1': { format: '1.0', open: 'ANY /{proxy+}', stage: 'prod', requestId: UUID },
  'apigw-v2': { format: '2.0', open: '$default', stage: '$default', requestId: 'JKJaXmPLvHcESHA=' },
  'function-url': { format: '2.0', open: '$default', stage: '$default', requestId: UUID },
  alb: { format: 'alb', open: 'ANY /*', stage: '$default', requestId: UUID },
} as const
type HttpSource = keyof typeof FORMATS

const isHttp = (source: SourceId): source is HttpSource => Object.hasOwn(FORMATS, source)

const READS_V1 = /\bhttpMethod\b|\bmultiValue(?:Headers|QueryStringParameters)\b|\bresourcePath\b/
const READS_V2 = /\b(?:rawPath|rawQueryString|routeKey)\b|\brequestContext\??\.http\b|\bversion\s*={2,3}\s*['"]2\.0['"]/

/**
 * Sources that bring the same requests in another format: those of the template behind no authorizer, or, where there is no
 * template, the one whose fields the code reads as well.
 */
export function otherFormats(source: SourceId, { sources, triggers }: Pick<Target, 'sources' | 'triggers'>, code: string) {
  if (!isHttp(source)) return []
  const { format } = FORMATS[source]
  const known = sources.filter(isHttp).filter((one) => FORMATS[one].format !== format)
  const isOpen = (one: HttpSource) => (triggers[one]?.authorizer ?? 'none') === 'none'
  const open = isOpen(source) ? known.filter(isOpen) : []
  if (known.length > 0 || Object.keys(triggers).length > 0) return open.map((one) => ({ source: one, isTrigger: true }))
  const other: HttpSource = format === '2.0' ? 'apigw-v1' : 'apigw-v2'
  return READS_V1.test(code) && READS_V2.test(code) ? [{ source: other, isTrigger: false }] : []
}

/** The same request as the wire input of another HTTP source; undefined where none of that one's routes takes it. */
export function inOtherFormat(wire: Json, to: SourceId, routes: readonly string[] | undefined): Json | undefined {
  if (!isHttp(to)) return undefined
  const http = wireOf(wire)
  const route = routes === undefined ? openRoute(http, to) : routes.find((one) => pathIn(http, one) !== undefined)
  if (route === undefined) return undefined
  const { stage, requestId } = FORMATS[to]
  const {
    claims: _claims,
    context: _context,
    stageVariables: _variables,
    multiValue: _lists,
    ...request
  } = http as HttpWire & { multiValue?: boolean }
  const { requestId: _id, timeEpoch, sourceIp, apiId, accountId } = http.service
  const service = { requestId, timeEpoch, sourceIp, apiId, accountId, ...(to === 'alb' ? { targetGroup: 'lambda' } : { stage }) }
  const own = { ...request, route, ...pathIn(http, route), service }
  return (to === 'alb' ? { ...own, multiValue: false } : own) as unknown as Json
}

/** Where the routes are not known: the one that the code names, or that of all requests. */
function openRoute({ route }: HttpWire, to: HttpSource): string {
  const [, path] = splitRoute(route)
  const isNamed = path !== '$default' && !path.includes('*') && !path.includes('+}')
  return isNamed && to.startsWith('apigw') ? route : FORMATS[to].open
}

/** Path and parameters that the request has on a route; undefined when the route is another. */
function pathIn(http: HttpWire, route: string): Pick<HttpWire, 'path' | 'pathParameters'> | undefined {
  const [method, pattern] = splitRoute(route)
  if (method !== 'ANY' && method !== http.method) return undefined
  const path = requested(http)
  if (pattern === '$default' || pattern === '/*') return { path, pathParameters: {} }
  const names = parameterNames(pattern)
  const found = new RegExp(`^${patternOf(pattern)}$`).exec(path)
  if (found === null) return undefined
  const values = names.map((name, i) => [name, found[i + 1]!] as const)
  const greedy = values.filter(([name]) => pattern.includes(`{${name}+}`))
  const own = values.filter((one) => !greedy.includes(one))
  return { path: greedy.length === 0 ? path : `/${greedy[0]![1]}`, pathParameters: Object.fromEntries(own) }
}

/** A load balancer's rule has stars for the client's path. */
function requested(http: HttpWire): string {
  const [, pattern] = splitRoute(http.route)
  return pattern.includes('*') ? pattern.replaceAll('*', () => clientPath(http)) : requestPath(http, (text) => text)
}

const patternOf = (pattern: string): string =>
  pattern
    .split(/(\{[^}]+\})/)
    .map((part) =>
      part.endsWith('+}') ? '(.+)' : part.startsWith('{') ? '([^/]+)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('')
