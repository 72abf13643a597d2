import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { PACKAGE_ROOT, type PayloadFamily, type Report, readPackageJson } from '#src/model/index.js'
import { oracles } from '#src/oracles/index.js'
import { awsError, functionAnswer, startStub } from '../../invokers/live/aws-stub.js'
import { thorough } from '../../thorough.js'
import { live, liveRun, options, Project } from './live-run.js'

/** A function as its answers show it: what it makes of the path, and how long that takes. */
type Answering = (path: string, n: number) => { readonly body: string; readonly status?: number; readonly ms?: number }

const config = live({ budget: { invocations: 2_000, gbSeconds: 100_000, time: '5m', concurrency: 4, rate: 1e5 } })

const BY_PAIR = ['sql-injection', 'dynamodb-expression-injection', 'command-injection']

async function fuzzed(fn: Answering): Promise<Report> {
  await using stub = await startStub({
    invoke: (response, event, n, id) => {
      const { rawPath = '/' } = JSON.parse(event) as { rawPath?: string }
      if (rawPath.length > 1_000) return awsError(413, 'RequestTooLargeException', 'too large')(response)
      const { body, status = 200, ms = 5 } = fn(rawPath.slice(1), n)
      functionAnswer(response, id, JSON.stringify({ statusCode: status, body }), { ms })
    },
  })
  using project = new Project(config)
  return (await liveRun(stub.url, options(project.dir, { runs: 250, rules: BY_PAIR }))).report
}

const rules = ({ findings }: Report) => findings.map(({ rule }) => rule)

/** Rows of `SELECT ... WHERE name = '<text>'` as a database finds them, as far as the test needs SQL. */
function rowsWhere(text: string): number | 'error' {
  const [, left, right, rest = ''] = /' OR '([^']*)'='([^']*)(.*)$/s.exec(text) ?? []
  if (left !== undefined) return rest === '' ? Number(left === right) * 3 : 'error'
  return (text.match(/'/g)?.length ?? 0) % 2 === 0 ? 0 : 'error'
}

/** Seconds that a shell waits that is given the text inside double quotes. */
const waited = (text: string): number =>
  Number(/\$\(sleep (\d)\)|`sleep (\d)`|";sleep (\d);"/.exec(text)?.slice(1).find(Boolean) ?? 0)

describe('pairs, where nothing looks into the function', () => {
  it('find SQL that a condition of the sender changes', async () => {
    const report = await fuzzed((path) => {
      const rows = rowsWhere(path)
      return rows === 'error' ? { status: 500, body: 'no' } : { body: JSON.stringify(Array.from({ length: rows }, () => 'row')) }
    })
    expect(rules(report)).to.deep.equal(['sql-injection'])
    const [finding] = report.findings
    expect(finding).to.include({ confidence: 'confirmed', pointer: '/rawPath' })
    expect(finding?.reproduced).to.deep.equal({ k: 6, n: 6 })
    expect(finding?.evidence).to.include('6 and 6 times')
  })

  it('find nothing where the same text is a bound value', async () => {
    expect(
      rules(await fuzzed((path) => ({ body: JSON.stringify({ query: path, rows: path === 'admin' ? 1 : 0 }) }))),
    ).to.deep.equal([])
  })

  thorough('find nothing where a firewall knows the text, or where answers come as they like', async () => {
    const firewall: Answering = (path) => (/'(\d+)'='\1/.test(path) ? { status: 403, body: 'blocked' } : { body: 'ok' })
    expect(rules(await fuzzed(firewall))).to.deep.equal([])
    const words = ['one', 'two', 'three']
    expect(rules(await fuzzed((_path, n) => ({ body: words[(n * n * 7 + n) % 3]! })))).to.deep.equal([])
  })

  it('find a shell that waits as long as it is told', async () => {
    const report = await fuzzed((path, n) => ({ body: 'done', ms: 20 + ((n * 37) % 90) + 1_000 * waited(path) }))
    expect(rules(report)).to.deep.equal(['command-injection'])
    expect(report.findings[0]?.evidence).to.match(/With a wait of a second it took 1\d{3} ms, without \d{2,3} ms.*p = 0\.0011/)
  })

  thorough('find nothing in a function that is slow as chance has it', async () => {
    let seed = 7
    const next = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    expect(rules(await fuzzed(() => ({ body: 'done', ms: Math.round(20 + 2_500 * next()) })))).to.deep.equal([])
  })
})

describe('payloads for functions that are only seen from outside', () => {
  const dir = new URL('payloads/outside/', PACKAGE_ROOT)
  const check = new Ajv2020({ strict: false, ownProperties: true }).compile(readPackageJson('schemas/payload.schema.json'))
  for (const name of readdirSync(dir)) {
    const family = JSON.parse(readFileSync(new URL(name, dir), 'utf8')) as PayloadFamily
    it(`${name} follows the schema, and does no harm`, () => {
      expect(check(family) ? null : check.errors).to.equal(null)
      expect(`${family.id}.json`).to.equal(name)
      for (const rule of family.rules) expect(oracles.map(({ id }) => id)).to.include(rule)
      expect(family.safety).to.deep.equal({ level: 'canary-effect', allowRemote: true })
      const text = JSON.stringify(family.payloads)
      // Nothing is written, removed or fetched; a wait is at most a second, once a statement.
      expect(text).to.not.match(
        /\b(?:rm|drop|delete|insert|update|alter|grant|curl|wget|nc|exec|spawn|benchmark|outfile|xp_\w+)\b|[<>]|&&/i,
      )
      for (const [, seconds] of text.matchAll(/sleep\D{0,2}(\d+)/g)) expect(Number(seconds)).to.be.at.most(1)
    })
  }
})
