import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { AwsRequest } from '#src/aws/request.js'
import { createTargetAws, respond } from '#src/aws/respond.js'
import type { AwsCall } from '#src/model/index.js'

interface SdkRequest {
  readonly method: string
  readonly hostname: string
  readonly path: string
  readonly query: Record<string, string | string[] | null>
  readonly headers: Record<string, string>
  readonly body?: unknown
}

/** A client of the SDK with the commands that its package exports, each with the schema of its operation. */
export interface SdkService {
  readonly id: string
  readonly commands: readonly SdkCommand[]
  /** The client itself, for what takes one: paginators and waiters. */
  readonly client: object
  send(command: SdkCommand, input: object): Promise<Record<string, unknown>>
}

export interface SdkCommand {
  readonly operation: string
  readonly input: unknown
  readonly Command: new (input: object) => object
}

type Module = Record<string, unknown>
type Client = { send(command: object): Promise<Record<string, unknown>>; readonly config: { readonly serviceId: string } }

const HOMES = ['.', 'scripts/aws-models'].map((home) => resolve(home))

/** The module of every installed client. */
export function sdkModules(): Map<string, Module> {
  const found = HOMES.flatMap((home) => {
    const folder = `${home}/node_modules/@aws-sdk`
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('client-')) : []
    return names.map((name): [string, Module] => [name, createRequire(`${home}/package.json`)(`@aws-sdk/${name}`) as Module])
  })
  return new Map(found.reverse())
}

/** A client whose requests are answered in this process, without a socket; `onCall` hears each. */
export function sdkService(module: Module, onCall: (call: AwsCall) => void, config: object = {}): SdkService {
  const [, Class] = Object.entries(module).find(([name]) => /^[A-Z]\w*Client$/.test(name))!
  const client = new (Class as new (config: object) => Client)({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEVENTFUZZEXAMPLE', secretAccessKey: 'not-a-secret' },
    endpoint: undefined,
    maxAttempts: 1,
    requestHandler: handler(onCall),
    ...config,
  })
  const operations = Object.values(module).filter((value): value is unknown[] => Array.isArray(value) && value[0] === 9)
  return {
    client,
    id: client.config.serviceId,
    commands: operations.map((schema) => ({
      operation: String(schema[2]),
      input: typeof schema[4] === 'function' ? (schema[4] as () => unknown)() : schema[4],
      Command: module[`${String(schema[2])}Command`] as SdkCommand['Command'],
    })),
    send: ({ Command }, input) => client.send(new Command(input)),
  }
}

function handler(onCall: (call: AwsCall) => void) {
  const aws = createTargetAws({ region: 'eu-west-1', account: '000000000000' }, [])
  let calls = 0
  return {
    metadata: { handlerProtocol: 'h2' },
    async handle(request: SdkRequest) {
      const { call, answer } = respond(await toAwsRequest(request), aws, ++calls)
      onCall(call)
      const body = Readable.from(answer.body.length === 0 ? [] : [answer.body])
      return { response: { statusCode: answer.status, headers: { ...answer.headers }, body } }
    },
    destroy: () => undefined,
  }
}

async function toAwsRequest({ method, hostname, path, query, headers, body }: SdkRequest): Promise<AwsRequest> {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) for (const each of [value].flat()) search.append(name, each ?? '')
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])
  return {
    method,
    host: hostname,
    path,
    query: search,
    headers: Object.fromEntries(lower) as Record<string, string>,
    body: await bytesOf(body),
    aborted: false,
  }
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0)
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body as string)
  const chunks: Buffer[] = []
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
