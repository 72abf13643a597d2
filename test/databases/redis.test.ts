import { createRequire } from 'node:module'
import { expect } from 'chai'
import { type OpenSidecar, openSidecar } from '../aws/run-redirected.js'

interface Pipeline {
  call(...args: readonly unknown[]): Pipeline
  exec(): Promise<readonly (readonly [unknown, unknown])[]>
}
interface Client {
  call(...args: readonly unknown[]): Promise<unknown>
  pipeline(): Pipeline
  multi(): Pipeline
  disconnect(): void
}
const { Redis } = createRequire(import.meta.url)('ioredis') as { Redis: new (to: object) => Client }

/** Commands one after another, and what Redis answers to the last. */
const CASES: readonly (readonly [string, unknown])[] = [
  ['GET none', null],
  ['SET a 1 | INCRBY a 4 | GET a', '5'],
  ['SET a 1 NX | GET a', '5'],
  ['SET t 1 EX 100 | TTL t', 100],
  ['SET b x | APPEND b y | STRLEN b', 2],
  ['MSET m1 1 m2 2 | MGET m1 none m2', ['1', null, '2']],
  ['HSET h f 1 g 2 | HMGET h g none f', ['2', null, '1']],
  ['HINCRBY h f 2 | HDEL h g | HLEN h', 1],
  ['RPUSH l a b c | LPOP l | LRANGE l 0 -1', ['b', 'c']],
  ['SADD s a b a | SCARD s', 2],
  ['SISMEMBER s a', 1],
  ['ZADD z 2 b 1 a | ZRANGE z 0 -1', ['a', 'b']],
  ['EXISTS h none l', 2],
  ['DEL l | TYPE l', 'none'],
  ['KEYS m?', ['m1', 'm2']],
  ['EVAL return(1) 0', null],
  ['FLUSHALL | DBSIZE', 0],
]

for (const protocol of [2, 3]) {
  describe(`Redis as ioredis sees it, RESP${protocol}`, () => {
    let open: OpenSidecar
    let client: Client
    before(async () => {
      open = await openSidecar([{ service: 'redis', operation: 'GET', when: { args: ['config'] }, answer: { value: '{"a":1}' } }])
      client = new Redis({ path: open.sockets.redis, protocol, password: 'x', db: 1 })
    })
    after(async () => {
      client.disconnect()
      await open[Symbol.asyncDispose]()
    })

    for (const [commands, expected] of CASES) {
      it(commands, async () => {
        let answer: unknown
        for (const command of commands.split(' | ')) answer = await client.call(...command.split(' '))
        expect(answer).to.deep.equal(expected)
      })
    }
    it('answers pipelines and transactions in order', async () => {
      const piped = await client.pipeline().call('SET', 'p', '1').call('NOPE').call('GET', 'p').exec()
      expect(piped.map(([error, value]) => (error === null ? value : 'error'))).to.deep.equal(['OK', 'error', '1'])
      const multi = await client.multi().call('INCR', 'p').call('GET', 'p').exec()
      expect(multi.map(([, value]) => value)).to.deep.equal([2, '2'])
    })
    it('says when a key holds another kind', async () => {
      await client.call('SADD', 'kind', 'a')
      const error = await client.call('GET', 'kind').catch((failure: Error) => failure.message)
      expect(error).to.match(/^WRONGTYPE/)
    })
    it('gives the value of a fixture', async () => {
      expect(await client.call('GET', 'config')).to.equal('{"a":1}')
      expect(open.calls.at(-1)).to.include({ service: 'redis', operation: 'GET', answeredBy: 'fixture' })
    })
    it('forgets on reset', async () => {
      await client.call('SET', 'kept', '1')
      await open.sidecar.reset('t')
      expect(await client.call('GET', 'kept')).to.equal(null)
    })
  })
}
