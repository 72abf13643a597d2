import type { Trigger } from '../../../model/index.js'
import { nameInArn } from '../account.js'
import type { Edge } from '../edges.js'
import type { Stack } from '../stack.js'
import { textOf } from '../values.js'
import { routeOf } from './http-words.js'

const KINDS: Readonly<Record<string, string>> = {
  s3: 's3',
  sns: 'sns',
  events: 'eventbridge',
  scheduler: 'eventbridge',
  elasticloadbalancing: 'alb',
  'cognito-idp': 'cognito',
  'cognito-sync': 'cognito',
  logs: 'cloudwatch-logs',
  ses: 'ses',
  firehose: 'firehose',
  'alexa-appkit': 'alexa',
  'alexa-connectedhome': 'alexa',
  bedrock: 'bedrock-agent',
}

/** Who may invoke a function, for one of which nothing else says what invokes it: AWS::Lambda::Permission. */
export function* permissions(stack: Stack): Generator<Edge> {
  for (const { properties, at } of stack.ofType('AWS::Lambda::Permission')) {
    const to = textOf(stack.resolve(properties['FunctionName']))
    const principal = textOf(stack.resolve(properties['Principal'])) ?? ''
    // An account or a role may invoke it directly.
    const service = /^([a-z0-9-]+)(?:\.[a-z0-9-]+)*\.amazon(?:aws)?\.com$/.exec(principal)?.[1]
    if (service === undefined) continue
    const source = textOf(stack.resolve(properties['SourceArn']))
    if (service === 'apigateway') yield { to, ...ofApi(stack, source), at }
    else if (properties['FunctionUrlAuthType'] !== undefined) yield { to, kind: 'function-url', trigger: {}, at }
    else yield { to, kind: KINDS[service] ?? service, trigger: source === undefined ? {} : { resource: nameInArn(source) }, at }
  }
}

/** `arn:aws:execute-api:us-east-1:0:api/stage/GET/orders/*` */
function ofApi(stack: Stack, source: string | undefined): { readonly kind: string; readonly trigger: Trigger } {
  const [api = '', , method, ...path] = source?.split(':').slice(5).join(':').split('/') ?? []
  if (source?.includes('/authorizers/')) return { kind: 'authorizer-request', trigger: {} }
  const resource = stack.resources.get(api)
  const type = resource?.type ?? ''
  const isSocket = textOf(stack.resolve(resource?.properties['ProtocolType'])) === 'WEBSOCKET'
  const kind = isSocket ? 'apigw-websocket' : /V2|HttpApi/.test(type) ? 'apigw-v2' : 'apigw-v1'
  const place = path.join('/')
  const isKnown = !isSocket && method !== undefined && path.length > 0 && !place.includes('*')
  return { kind, trigger: isKnown ? { routes: [routeOf(method, place)] } : {} }
}
