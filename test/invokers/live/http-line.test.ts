import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { expect } from 'chai'
import { type HttpLine, httpLine } from '#src/invokers/live/http-line.js'
import type { Execution, Observation, RawRequest } from '#src/model/index.js'

const execution: Execution = { n: 1, text: '{}', mode: 'proof', deadlineMs: 1_000 }

describe('the HTTP line', () => {
  const seen: string[] = []
  let sockets = 0
  let answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'
  let server: net.Server
  let base: string
  before(async () => {
    // Below HTTP: what comes in is seen byte by byte.
    server = net.createServer((socket) => {
      sockets++
      let text = ''
      socket.on('error', () => undefined)
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        text += chunk
        const end = text.indexOf('\r\n\r\n')
        const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
        if (end === -1 || text.length < end + 4 + length) return
        seen.push(text)
        text = ''
        if (answer === '') socket.resetAndDestroy()
        else if (answer.endsWith('CUT')) socket.end(answer.slice(0, -3))
        else socket.write(answer)
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => server.close())
  beforeEach(() => {
    seen.length = 0
    sockets = 0
    answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'
  })

  const open = (request: RawRequest, url = base): Promise<HttpLine> =>
    httpLine({ url, timeoutMs: 1_000, memoryMb: 128, concurrency: 1, requestOf: () => request })
  const get = (path: string, headers: RawRequest['headers'] = []): RawRequest => ({
    method: 'GET',
    path,
    headers,
    body: undefined,
  })
  const send = async (line: HttpLine) => line.once(execution)!()
  const observed = async (line: HttpLine): Promise<Observation> => {
    const sent = await send(line)
    if (sent.kind !== 'answered') throw new Error(`it was ${sent.kind}`)
    return sent.value
  }

  it('sends path, query and headers as they are, with repeats and case', async () => {
    await using line = await open(
      get('/a//b/%2e%2e/%C0%AF;x=1/?q=%00&q=%zz&&=', [
        ['X-Tenant', 'a'],
        ['x-tenant', 'b'],
        ['X-Octets', '\u00ff\u0080'],
        ['Host', 'elsewhere.invalid'],
      ]),
    )
    await observed(line)
    const [head = ''] = seen
    expect(head).to.match(/^GET \/a\/\/b\/%2e%2e\/%C0%AF;x=1\/\?q=%00&q=%zz&&= HTTP\/1\.1\r\n/)
    expect(head).to.include('X-Tenant: a\r\nx-tenant: b\r\nX-Octets: \u00ff\u0080\r\n').and.include('elsewhere.invalid')
  })

  it('sends what is below its base, and nothing above it', async () => {
    await using line = await open(get('/orders/1'), `${base}/sandbox/`)
    await observed(line)
    expect(seen[0]).to.match(/^GET \/sandbox\/orders\/1 HTTP/)
    for (const path of [
      '/../prod',
      '/a/../../prod',
      '/%2e%2e/prod',
      '/%252e%252e/prod',
      '/..%2fprod',
      '/..\\prod',
      '/%2E./prod',
    ]) {
      await using out = await open(get(path), `${base}/sandbox/`)
      expect(out.once(execution), path).to.equal(undefined)
    }
    await using inside = await open(get('/a/../b'), `${base}/sandbox/`)
    expect((await send(inside)).kind).to.equal('answered')
  })

  it('takes a redirect for an answer', async () => {
    answer =
      'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\nset-cookie: a=1\r\nset-cookie: b=2\r\ncontent-length: 0\r\n\r\n'
    await using line = await open(get('/'))
    const { outcome } = await observed(line)
    expect(outcome.kind === 'returned' && JSON.parse(outcome.text)).to.deep.include({
      ...{ statusCode: 302, body: '' },
      multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
    })
    expect(seen).to.have.lengthOf(1)
  })

  it('keeps its connection', async () => {
    await using line = await open(get('/'))
    for (let i = 0; i < 20; i++) await observed(line)
    expect(seen).to.have.lengthOf(20)
    expect(sockets).to.equal(1)
  })

  const KINDS: readonly (readonly [what: string, answer: string, kind: string])[] = [
    ['429', 'HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n', 'throttled'],
    ['a reset', '', 'lost'],
    ['an answer that is cut off', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nokCUT', 'lost'],
    ['no HTTP', 'SSH-2.0-x\r\n\r\n', 'lost'],
  ]
  for (const [what, text, kind] of KINDS) {
    it(`${what} is ${kind}`, async () => {
      answer = text
      await using line = await open(get('/'))
      expect((await send(line)).kind).to.equal(kind)
    })
  }

  it('leaves out a request that HTTP does not carry', async () => {
    await using line = await open(get('/', [['X-A', 'a\r\nX-B: b']]))
    expect((await send(line)).kind).to.equal('unfit')
    expect(seen).to.deep.equal([])
  })

  it('says that nobody is there', async () => {
    const free = http.createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => free.close(resolve))
    await using line = await open(get('/'), `http://127.0.0.1:${port}`)
    expect(await send(line)).to.include({ kind: 'refused', exit: 3 })
  })

  const GATEWAY = '{"message":"Internal Server Error"}'
  it('tells a function that failed behind a gateway from one that answers 500 itself', async () => {
    answer = `HTTP/1.1 500 X\r\ncontent-length: ${GATEWAY.length}\r\n\r\n${GATEWAY}`
    await using failed = await open(get('/'))
    expect((await observed(failed)).outcome.kind).to.equal('threw')
    answer = 'HTTP/1.1 500 X\r\ncontent-length: 4\r\n\r\noops'
    await using own = await open(get('/'))
    expect((await observed(own)).outcome.kind).to.equal('returned')
    answer = 'HTTP/1.1 504 X\r\ncontent-length: 0\r\n\r\n'
    await using waited = await open(get('/'))
    expect((await observed(waited)).outcome.kind).to.equal('timed-out')
  })
})
