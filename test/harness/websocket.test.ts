import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { Invoker, Observation, Session } from '#src/model/index.js'
import { fuzzed, ROOT } from '../commands/shop.js'
import { HANDLERS, target } from '../invokers/target-maker.js'

/** Node has one of its own from 22 on. */
const CLIENTS = ['ws', 'undici', ...('WebSocket' in globalThis ? ['global'] : [])]
const connections = ({ effects }: Observation) => effects.flatMap((effect) => (effect.kind === 'connect' ? [effect] : []))

describe('a WebSocket that the function opens', function () {
  this.timeout(120_000)
  let invoker: Invoker
  let session: Session
  let n = 0
  before(async () => {
    invoker = await localInvoker({ node: process.execPath, sandbox: undefined })
    const opened = await invoker.open(target({ file: `${HANDLERS}/websocket.mjs`, root: HANDLERS }))
    if (opened.kind !== 'open') throw new Error(opened.reason)
    session = opened.session
  })
  after(async () => {
    await session?.[Symbol.asyncDispose]()
    await invoker?.[Symbol.asyncDispose]()
  })
  const opened = async (client: string, url: string): Promise<Observation> => {
    const item = { n: ++n, text: JSON.stringify({ client, url }), mode: 'proof' as const, deadlineMs: 5_000 }
    return (await session.run([item], new AbortController().signal))[0]!
  }

  const EXPECTED = [
    ['ws://chat.example/x', 'chat.example', 80, 'synthetic'],
    ['wss://chat.example/x', 'chat.example', 443, 'synthetic'],
    ['wss://chat.example:8443/x', 'chat.example', 8443, 'synthetic'],
    ['ws://127.0.0.1:8080/x', '127.0.0.1', 8080, 'denied'],
  ] as const
  for (const client of CLIENTS)
    for (const [url, host, port, answered] of EXPECTED)
      it(`is seen with the user's line: ${client}, ${url}`, async () => {
        const seen = await opened(client, url)
        expect(seen.outcome.kind).to.equal('returned')
        expect(connections(seen)).to.have.lengthOf(1)
        expect(connections(seen)[0]).to.include({ host, port, answered })
        expect(connections(seen)[0]?.location).to.include({ file: 'websocket.mjs', line: 16 })
        // Nobody makes up the other side of one: it does not open.
        expect(seen.outcome).to.not.deep.equal({ kind: 'returned', text: '"open"' })
      })

  for (const client of CLIENTS)
    it(`is server-side request forgery where the event names its host, and not where it names a path: ${client}`, () => {
      const dir = path.join(ROOT, 'dist-test', `websocket-${client}`)
      rmSync(dir, { recursive: true, force: true })
      mkdirSync(dir, { recursive: true })
      writeFileSync(path.join(dir, 'package.json'), '{"type":"module"}')
      cpSync(`${HANDLERS}/websocket.mjs`, path.join(dir, 'websocket.mjs'))
      const URLS = { host: 'sent.callback', path: '`wss://chat.example/rooms/' + '${sent.callback}?as=${sent.name}`' }
      for (const [name, url] of Object.entries(URLS))
        writeFileSync(
          path.join(dir, `${name}.mjs`),
          `import { handler as open } from './websocket.mjs'
           export const handler = async (event) => {
             const sent = JSON.parse(event.body ?? '{}')
             const came = await open({ client: '${client}', url: ${url} })
             return { statusCode: 200, body: JSON.stringify({ came }) }
           }`,
        )
      const flags = ['--event', 'apigw-v2', '--runs', '400', '--seed', '1', '--rules', 'ssrf']
      const { findings, targets } = fuzzed(dir, 'host.mjs', 'path.mjs', ...flags)
      expect(targets.map(({ status }) => status)).to.deep.equal(['tested', 'tested'])
      expect(
        findings.map(({ rule, target, sink }) => `${rule} ${target} ${sink?.location?.file}:${sink?.location?.line}`),
      ).to.deep.equal(['ssrf host.mjs websocket.mjs:16'])
    })
})
