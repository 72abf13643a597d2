import type { IncomingMessage, ServerResponse } from 'node:http'
import { requestId } from '../../harness/lambda-context.js'
import type { Invoker, Target } from '../../model/index.js'
import type { Answer } from './answer.js'
import type { FunctionNames } from './function-names.js'
import { Lane } from './lane.js'
import { foreign } from './loopback.js'
import { readPayload } from './read-payload.js'
import { Refusal } from './refusal.js'

interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/
const STREAM = /^\/2021-11-15\/functions\/[^/]+\/response-streaming-invocations\/?$/
const VERSION = { 'X-Amz-Executed-Version': '$LATEST' }

/** The Lambda Invoke API over local functions. */
export class InvokeApi implements AsyncDisposable {
  #functions: FunctionNames
  #laneOf: (target: Target) => Lane
  #lanes = new Map<Target, Lane>()
  #broken: (error: unknown) => void
  #count = 0

  /** `broken` hears of what is no fault of the caller's or the function's. */
  constructor(functions: FunctionNames, invoker: Invoker, signal: AbortSignal, broken: (error: unknown) => void) {
    this.#functions = functions
    this.#laneOf = (target) => new Lane(target, invoker, signal)
    this.#broken = broken
  }

  /** Answers one request, whatever it is. */
  async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const n = ++this.#count
    const { status, headers, body } = await this.#reply(n, request).catch((error: unknown) => this.#refused(error))
    // The server stops, or the caller has gone: there is nobody to answer.
    if (response.destroyed) return
    const own = { 'x-amzn-RequestId': requestId(n), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) }
    // What was not read of the body would be taken for the next request.
    response.writeHead(status, { ...own, ...headers, ...(request.complete ? {} : { Connection: 'close' }) })
    response.end(body)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane[Symbol.asyncDispose]()))
  }

  #refused(error: unknown): Reply {
    if (!(error instanceof Refusal)) this.#broken(error)
    const refusal = error instanceof Refusal ? error : new Refusal('ServiceException', 'eventfuzz failed')
    return { status: refusal.status, headers: { 'X-Amzn-ErrorType': refusal.type }, body: refusal.body }
  }

  async #reply(n: number, request: IncomingMessage): Promise<Reply> {
    const reason = foreign(request)
    if (reason !== undefined) throw new Refusal('AccessDeniedException', reason)
    const { reference, qualifier } = routeOf(request)
    const target = this.#functions.find(reference, qualifier)
    const how = oneOf(request, 'x-amz-invocation-type', ['RequestResponse', 'Event', 'DryRun'])
    const log = oneOf(request, 'x-amz-log-type', ['None', 'Tail'])
    const text = await readPayload(request, how === 'Event')
    if (how === 'DryRun') return { status: 204, headers: VERSION }
    const lane = this.#lane(target)
    if (lane.isFull) throw new Refusal('TooManyRequestsException', 'Rate Exceeded.')
    const answered = lane.invoke(n, text)
    if (how === 'RequestResponse') return replyOf(await answered, log === 'Tail')
    answered.catch(this.#broken)
    return { status: 202 }
  }

  #lane(target: Target): Lane {
    const lane = this.#lanes.get(target) ?? this.#laneOf(target)
    this.#lanes.set(target, lane)
    return lane
  }
}

function replyOf(answer: Answer | undefined, tail: boolean): Reply {
  if (answer === undefined) throw new Refusal('ServiceException', 'The server is stopping')
  return {
    status: 200,
    headers: {
      ...VERSION,
      ...(answer.isError ? { 'X-Amz-Function-Error': 'Unhandled' } : {}),
      ...(tail ? { 'X-Amz-Log-Result': answer.tail } : {}),
    },
    body: answer.body,
  }
}

/** The function that a request is for. */
function routeOf({ method, url = '' }: IncomingMessage): { readonly reference: string; readonly qualifier: string | null } {
  const [path = '', ...query] = url.split('?')
  const named = INVOKE.exec(path)?.[1]
  const isStream = STREAM.test(path)
  if (named === undefined && !isStream) throw new Refusal('UnknownOperationException', 'Only Invoke is answered here')
  if (method !== 'POST') throw new Refusal('MethodNotAllowedException', 'Invoke is a POST')
  if (named === undefined)
    throw new Refusal('UnsupportedOperation', 'Response streaming is not answered here: use Invoke, which waits for the whole')
  return { reference: decoded(named), qualifier: new URLSearchParams(query.join('?')).get('Qualifier') }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Refusal('InvalidParameterValueException', 'The function name is no percent-encoded text')
  }
}

/** A header with a few values; the first when it is not there. */
function oneOf<T extends string>({ headers }: IncomingMessage, name: string, known: readonly [T, ...T[]]): T {
  const value = headers[name] ?? known[0]
  const found = known.find((one) => one === value)
  if (found === undefined) throw new Refusal('InvalidParameterValueException', `${name} is one of ${known.join(', ')}`)
  return found
}
