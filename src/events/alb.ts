import type { EventSource, Json, JsonObject, Trigger } from '../model/index.js'
import { requestOfAlb } from './capture/http.js'
import { REGION, UUID } from './envelope.js'
import { carriedBody, comesAsText } from './http-body.js'
import { httpSupply } from './http-supply.js'
import {
  benignRequest,
  bodiless,
  encode,
  encodeLeast,
  encodePath,
  type HttpWire,
  httpRecipe,
  queryParameters,
  requestHeaders,
  splitRoute,
} from './http-wire.js'
import { readEventSchema } from './read-schema.js'

type AlbWire = HttpWire & { readonly multiValue: boolean; readonly service: { readonly targetGroup: string } }

const wireOf = (wire: Json): AlbWire => wire as unknown as AlbWire

/** A target group of one function: a request as the load balancer got it, query parameters still encoded. */
export const alb: EventSource = {
  id: 'alb',
  service: 'Application Load Balancer',
  contract: 'proxy-v1',
  get schema() {
    return readEventSchema('alb')
  },
  templates,
  honour: (sample, trigger) => {
    const wire = wireOf(sample)
    const routes = trigger.routes ?? [wire.route]
    const route = routes[wire.service.timeEpoch % routes.length] ?? wire.route
    const [method] = splitRoute(route)
    const multiValue = trigger.multiValueHeaders ?? wire.multiValue
    return { ...bodiless({ ...wire, route, method: method === 'ANY' ? wire.method : method }), multiValue } as unknown as Json
  },
  toEvent,
  fromEvent: requestOfAlb,
  supply: (wire, pointer, value, trigger) =>
    /^\/(?:pathParameters|stageVariables|requestContext|cookies)\b/.test(pointer)
      ? undefined
      : httpSupply(wire, pointer, value, trigger),
  fixed: (wire) => {
    const [method, pattern] = splitRoute(wireOf(wire).route)
    return [...(method === 'ANY' ? [] : ['/method']), ...(pattern.includes('*') ? [] : ['/path'])]
  },
  recipe: (wire) => httpRecipe(wire, pathOf(wireOf(wire)), encodeLeast),
}

/** Requests for every rule of the listener, as single values and, where it is not known which, as lists too. */
function templates(trigger: Trigger): readonly Json[] {
  const routes = trigger.routes === undefined || trigger.routes.length === 0 ? ['ANY /*'] : trigger.routes
  const made = routes.flatMap((route) => {
    const [method] = splitRoute(route)
    return (method === 'ANY' ? ['GET', 'POST'] : [method]).map((one) => template(route, one))
  })
  if (trigger.multiValueHeaders !== undefined)
    return made.map((one): Json => ({ ...one, multiValue: trigger.multiValueHeaders === true }))
  return [...made, { ...made.at(-1)!, multiValue: true }]
}

function template(route: string, method: string): JsonObject {
  const { service, ...request } = benignRequest(route, method, '$default', UUID)
  return { ...request, multiValue: false, service: { ...(service as JsonObject), targetGroup: 'lambda' } }
}

/** The rule's pattern with the client's path for its stars. */
function pathOf(wire: AlbWire): string {
  const [, pattern] = splitRoute(wire.route)
  const path = wire.path.replace(/^\//, '').split('/').map(encodePath).join('/')
  return pattern.replace(/\?/g, 'a').replace(/\*/g, () => path)
}

function toEvent(input: Json): Json {
  const wire = wireOf(input)
  const { service, multiValue } = wire
  const headers = requestHeaders(wire, `alb-${service.apiId}.${REGION}.elb.amazonaws.com`, (name) => name.toLowerCase())
  const query = queryParameters(wire).map(([name, values]) => [encode(name), values.map(encodeLeast)] as const)
  const type = headers.find(([name]) => name === 'content-type')?.[1].at(-1)
  return {
    requestContext: {
      elb: {
        targetGroupArn: `arn:aws:elasticloadbalancing:${REGION}:${service.accountId}:targetgroup/${service.targetGroup}/6d0ecf831eec9f09`,
      },
    },
    httpMethod: wire.method,
    path: pathOf(wire),
    ...(multiValue
      ? { multiValueQueryStringParameters: Object.fromEntries(query), multiValueHeaders: Object.fromEntries(headers) }
      : { queryStringParameters: last(query), headers: last(headers) }),
    body: '',
    ...carriedBody(wire.body, !comesAsText(type)),
  }
}

const last = (entries: readonly (readonly [string, readonly string[]])[]): Record<string, string> =>
  Object.fromEntries(entries.map(([name, values]) => [name, values.at(-1) ?? '']))
