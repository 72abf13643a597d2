import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { crc32 } from 'node:zlib'

/** How the stub answers one invocation; by default the function echoes its event. */
export type Answer = (response: ServerResponse, event: string, n: number, requestId: string) => void

export interface StubOptions {
  account?: string
  caller?: string
  tags?: Readonly<Record<string, string>>
  configuration?: Readonly<Record<string, unknown>>
  dryRun?: number
  sts?: (response: ServerResponse) => void
  lookUp?: (response: ServerResponse) => void
  invoke?: Answer
}

export interface Stub extends AsyncDisposable {
  readonly url: string
  /** Events that were really run. */
  readonly invoked: string[]
  readonly requests: string[]
}

export const FUNCTION = 'arn:aws:lambda:eu-central-1:111122223333:function:shop-sandbox-orders'
const CONFIGURATION = {
  FunctionName: 'shop-sandbox-orders',
  FunctionArn: FUNCTION,
  Runtime: 'nodejs22.x',
  Timeout: 3,
  MemorySize: 128,
  Environment: { Variables: { TABLE: 'orders', API_TOKEN: 'tok-4f1c9e7720aa' } },
}

/** An error as the Lambda service writes it. */
export const awsError = (status: number, type: string, message: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'X-Amzn-ErrorType': type, 'x-amzn-RequestId': 'req-error' })
  response.end(JSON.stringify({ Type: 'User', message, Message: message }))
}

/** A function's answer as the Lambda service writes it, with the end of its log. */
export function functionAnswer(
  response: ServerResponse,
  requestId: string,
  body: string,
  { error, log = '', maxMb = 64, ms = 12.5 }: { error?: string; log?: string; maxMb?: number; ms?: number } = {},
): void {
  const report = `REPORT RequestId: ${requestId}\tDuration: ${ms.toFixed(2)} ms\tBilled Duration: ${Math.ceil(ms)} ms\tMemory Size: 128 MB\tMax Memory Used: ${maxMb} MB\t\n`
  const tail = `START RequestId: ${requestId} Version: $LATEST\n${log}END RequestId: ${requestId}\n${report}`
  response.writeHead(200, {
    'x-amzn-RequestId': requestId,
    'X-Amz-Executed-Version': '$LATEST',
    'X-Amz-Log-Result': Buffer.from(tail).toString('base64'),
    ...(error === undefined ? {} : { 'X-Amz-Function-Error': error }),
  })
  response.end(body)
}

const echo: Answer = (response, event, _n, requestId) =>
  functionAnswer(response, requestId, JSON.stringify({ statusCode: 200, body: event.length.toString() }))

/** STS and Lambda on loopback, speaking their real protocols. */
export async function startStub(options: StubOptions = {}): Promise<Stub> {
  const invoked: string[] = []
  const requests: string[] = []
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const { method = '', url = '' } = request
    requests.push(`${method} ${url}${request.headers['x-amz-invocation-type'] === 'DryRun' ? ' DryRun' : ''}`)
    if (url === '/') return options.sts === undefined ? identity(response, options) : options.sts(response)
    if (url.includes('/configuration')) {
      if (options.lookUp !== undefined) return options.lookUp(response)
      return response.end(JSON.stringify({ ...CONFIGURATION, ...options.configuration }))
    }
    if (url.startsWith('/2017-03-31/tags/'))
      return response.end(JSON.stringify({ Tags: options.tags ?? { eventfuzz: 'allowed' } }))
    if (request.headers['x-amz-invocation-type'] === 'DryRun') return response.writeHead(options.dryRun ?? 204).end()
    invoked.push(body)
    const n = invoked.length
    return (options.invoke ?? echo)(response, body, n, `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`)
  }
  const server = http.createServer((request, response) => void take(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    invoked,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function identity(response: ServerResponse, { account = '111122223333', caller }: StubOptions): void {
  const arn = caller ?? `arn:aws:sts::${account}:assumed-role/eventfuzz/test`
  response.setHeader('content-type', 'text/xml')
  response.end(
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>X:test</UserId><Account>${account}</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  )
}

/** A message of an AWS event stream: lengths, headers, payload, and a checksum of each. */
export function eventMessage(type: string, payload: string): Buffer {
  const headers = Buffer.concat(
    Object.entries({
      ':message-type': 'event',
      ':event-type': type,
      ':content-type': type === 'PayloadChunk' ? 'application/octet-stream' : 'application/json',
    }).map(([name, value]) =>
      Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7, 0, value.length]), Buffer.from(value)]),
    ),
  )
  const body = Buffer.from(payload)
  const prelude = Buffer.alloc(12)
  prelude.writeUInt32BE(16 + headers.length + body.length, 0)
  prelude.writeUInt32BE(headers.length, 4)
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8)
  const whole = Buffer.concat([prelude, headers, body])
  const end = Buffer.alloc(4)
  end.writeUInt32BE(crc32(whole), 0)
  return Buffer.concat([whole, end])
}
