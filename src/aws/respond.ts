import type { AwsCall, AwsFixture, Planted, Tables } from '../model/index.js'
import { withDigest } from './body-digest.js'
import { CONTEXT_HEADER, readContext } from './context.js'
import { capParams } from './decode/cap.js'
import type { Decoded } from './decode/decoded.js'
import { decode } from './decode/index.js'
import { encode, type HttpAnswer } from './encode.js'
import { fixtureFor, isLate } from './fixtures.js'
import { invent } from './models/invent.js'
import { resourcesOf } from './models/resources.js'
import { accessDenied, type OwnPolicy } from './own-policy.js'
import type { AwsRequest } from './request.js'
import { knowTables } from './services/dynamodb-table.js'
import { services } from './services/index.js'
import { type Answer, type Place, refuse } from './services/service.js'
import { stand } from './standing.js'
import { Store } from './store.js'

const MOST_INVOCATIONS = 10_000

/** One target's AWS: where it is, what it has put, what the user answers for it. */
export interface TargetAws {
  readonly place: Place
  readonly fixtures: readonly AwsFixture[]
  readonly store: Store
  /** First call of each SDK invocation id, to know retries by. */
  readonly invocations: Map<string, number>
  /** What is there for one execution alone, by its number. */
  planted: ReadonlyMap<number, Planted>
  /** Executions whose items are in their tables. */
  readonly stood: Set<number>
  /** How often a fixture with a number of times has answered. */
  readonly used: Map<AwsFixture, number>
  /** What the function may do, when its role's policies are enforced. */
  readonly policy: OwnPolicy | undefined
}

export function createTargetAws(
  place: Place,
  fixtures: readonly AwsFixture[],
  tables: Tables = {},
  policy?: OwnPolicy,
): TargetAws {
  const store = new Store((store) => knowTables(store, tables))
  return { place, fixtures, store, invocations: new Map(), planted: new Map(), stood: new Set(), used: new Map(), policy }
}

/** What is told to the parent, and what is answered to the function, for one request; and what could not be read of it. */
export interface Response {
  readonly call: AwsCall
  readonly answer: HttpAnswer
  readonly problem: string | null
  /** Hostile data of ours, or what the role's policy refuses: nobody else is asked instead. */
  readonly final: boolean
  /** The case in hand has it come late. */
  readonly late: boolean
}

export function respond(request: AwsRequest, aws: TargetAws, call: number): Response {
  const decoded = decode(request, aws.place.region)
  const place = { ...aws.place, region: decoded.region }
  const context = readContext(request.headers[CONTEXT_HEADER])
  const known = services.find(({ service }) => service === decoded.service)
  const { service, operation, region, shown } = decoded
  const resources = known?.resources(operation, shown, place) ?? resourcesOf(service, operation, shown, place)
  // AWS asks for permission before it looks at anything.
  standFor(aws, context.n)
  const refused = aws.policy?.(request, decoded, { service, operation, region, params: shown, resources })
  const final = refused ?? plantedAnswer(decoded, aws, context.n)
  const { answer: given, answeredBy } = final ?? answerOf(decoded, aws, place)
  const answer = decoded.protocol === 'rest-xml' ? withDigest(decoded, request, given) : given
  return {
    call: {
      ...context,
      service,
      operation,
      region,
      params: capParams(shown),
      resources,
      via: 'request',
      outcome: outcomeOf(answer),
      answeredBy,
      invented: answer.kind === 'ok' && answer.invented,
      retryOf: retryOf(request, aws, call),
      call,
    },
    answer: encode(decoded, answer, request.method, request.headers['content-type'] ?? ''),
    problem: request.aborted ? null : decoded.problem,
    final: final !== undefined,
    late: isLate({ ...decoded, params: shown }, aws.planted.get(context.n ?? -1)?.answers ?? [], aws.used),
  }
}

/** With its first call an execution finds the items that its event tells of. */
function standFor({ store, planted, stood }: TargetAws, n: number | null): void {
  const items = n === null || stood.has(n) ? [] : (planted.get(n)?.items ?? [])
  if (items.length === 0) return
  stood.add(n!)
  stand(store, items)
}

/** What the case in hand has AWS say: never the owner's word. */
function plantedAnswer(decoded: Decoded, { planted, used }: TargetAws, n: number | null) {
  const own = n === null ? undefined : planted.get(n)?.answers
  const answer = own && fixtureFor({ ...decoded, params: decoded.shown }, own, used)
  return answer && { answer: answer.kind === 'ok' ? { ...answer, invented: true } : answer, answeredBy: 'stub' as const }
}

function answerOf(
  decoded: Decoded,
  { fixtures, store, used }: TargetAws,
  place: Place,
): { answer: Answer; answeredBy: 'stub' | 'fixture' } {
  const { service, operation, params, shown, bytes, problem, protocol } = decoded
  if (problem !== null) return { answer: refuse(UNREADABLE[protocol] ?? 'SerializationException', problem), answeredBy: 'stub' }
  const fixture = fixtureFor({ ...decoded, params: shown }, fixtures, used)
  if (fixture !== undefined) return { answer: fixture, answeredBy: 'fixture' }
  const operations = services.find((candidate) => candidate.service === service)?.operations ?? {}
  const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  const answer = run?.({ operation, params, bytes, place, store }) ?? unplayed(decoded, place)
  return { answer, answeredBy: 'stub' }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  'rest-xml': 'MalformedXML',
  query: 'MalformedInput',
  ec2: 'MalformedInput',
}
// How each protocol says that there is no such operation
const UNKNOWN: Readonly<Record<string, readonly [string, number]>> = {
  'rest-xml': ['MethodNotAllowed', 405],
  'rest-json': ['UnknownOperationException', 404],
  cbor: ['UnknownOperationException', 404],
  query: ['InvalidAction', 400],
  ec2: ['InvalidAction', 400],
}

/** An operation that nothing of ours plays: what the models say of it, or what the service says of one that it does not have. */
function unplayed(decoded: Decoded, place: Place): Answer {
  const { service, operation, params, protocol, model, api } = decoded
  if (api !== undefined) {
    const value = invent({ service, api, params, place })
    // An empty answer says nothing that could be taken for the owner's data.
    return { kind: 'ok', value, invented: Object.keys(value).length > 0 }
  }
  if (model === undefined) return denied(decoded, place)
  const [code, status] = UNKNOWN[protocol] ?? ['UnknownOperationException', protocol === 'unknown' ? 404 : 400]
  return refuse(code, `${model.id} has no operation '${operation.slice(0, 100)}'`, status)
}

/** What we do not play is denied, as a role without the permission would be: the function carries on down a path it must have. */
function denied(decoded: Decoded, { account }: Place): Answer {
  const { service, operation } = decoded
  const who = `arn:aws:sts::${account}:assumed-role/eventfuzz/function`
  const message = `User: ${who} is not authorized to perform: ${service}:${operation} (eventfuzz has no answer for it; give one in aws.fixtures)`
  return accessDenied(decoded, message)
}

function outcomeOf(answer: Answer): AwsCall['outcome'] {
  if (answer.kind === 'ok') return 'ok'
  return /^(AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError)/.test(answer.code) ? 'denied' : 'error'
}

function retryOf({ headers }: AwsRequest, { invocations }: TargetAws, call: number): number | null {
  const id = headers['amz-sdk-invocation-id']
  if (id === undefined || id.length > 100) return null
  const first = invocations.get(id)
  if (first !== undefined) return first
  if (invocations.size >= MOST_INVOCATIONS) invocations.clear()
  invocations.set(id, call)
  return null
}
