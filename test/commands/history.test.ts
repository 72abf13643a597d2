import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { exitCodeOf } from '#src/cli/exit-codes.js'
import { fuzz } from '#src/commands/fuzz.js'
import { readKnown } from '#src/commands/known-findings.js'
import type { Finding, Report } from '#src/model/index.js'
import { thorough } from '../thorough.js'
import { eventfuzz, ROOT } from './shop.js'

const dir = path.join(ROOT, 'dist-test/history')
const put = (name: string, text: string): void => writeFileSync(path.join(dir, name), text)

/** Hands the body to a shell where `when` holds. The request id differs between the runs of a re-test, and is the same each time. */
const shell = (when: string) => `import { execSync } from 'node:child_process'
export const handler = async (event, context) => {
  for (const { body } of event.Records) if (${when}) execSync('echo ' + body)
}
`
const VULNERABLE = shell('true')
const FIXED = shell('false')
const SECOND_TIME = shell(`context.awsRequestId.endsWith('${(101).toString(16)}')`)

interface Told {
  readonly status: number
  readonly report: Report
  readonly finding: Finding | undefined
}

async function run(code: string, more: { targets?: readonly string[]; baseline?: string } = {}): Promise<Told> {
  put('orders.mjs', code)
  const { report } = await fuzz(
    {
      ...{ targets: ['orders.mjs'], events: ['sqs'], rules: ['command-injection'], runs: 40, seed: 3, cwd: dir },
      ...{ known: '.eventfuzz/known', baseline: undefined, timeMs: undefined, workers: 2, outputDir: undefined },
      ...{ excludeRules: [], experimental: false, policies: [], environment: {}, payloads: undefined, seedEvents: undefined },
      ...{ executeSinks: false, awsEndpoint: undefined, enforcePolicy: false, node: process.execPath, sandbox: undefined },
      ...{ timeoutMs: undefined, memoryMb: undefined, runtime: undefined },
      ...more,
    },
    () => {},
    new AbortController().signal,
  )
  return { status: exitCodeOf(report, 'high'), report, finding: report.findings.find(({ target }) => target === 'orders.mjs') }
}

const accepted = (fingerprint: string, expires: string): void =>
  put(
    'eventfuzz.baseline.json',
    JSON.stringify({ findings: [{ fingerprint, reason: 'Behind a firewall', owner: 'us', expires }] }),
  )

describe('a history of ten runs', function () {
  this.timeout(120_000)
  before(() => {
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
    put('package.json', '{"type":"module"}')
    put('other.mjs', 'export const handler = async () => ({})\n')
  })

  it('tells new, existing, fixed and regressed findings apart', async () => {
    const told = [await run(VULNERABLE), await run(VULNERABLE), await run(FIXED), await run(VULNERABLE)]
    expect(told.map(({ status, finding }) => `${finding?.status} ${status}`)).to.deep.equal([
      'new 1',
      'existing 1',
      'fixed 0',
      'regressed 1',
    ])
  })

  thorough('tells new, existing, not tested, fixed, regressed and flaky findings apart, and gates by what is open', async () => {
    rmSync(path.join(dir, '.eventfuzz'), { recursive: true })
    const told = [await run(VULNERABLE), await run(VULNERABLE)]
    const { fingerprint } = told[0]!.finding!
    told.push(await run('export const handler = ;', { targets: ['orders.mjs', 'other.mjs'] }))
    for (const code of [FIXED, FIXED, VULNERABLE, VULNERABLE, SECOND_TIME]) told.push(await run(code))
    for (const day of ['2999-01-01', '2020-01-01']) {
      accepted(fingerprint, day)
      told.push(await run(VULNERABLE, { baseline: 'eventfuzz.baseline.json' }))
    }
    expect(told.map(({ status, finding }) => `${finding?.status} ${finding?.suppression?.state ?? ''} ${status}`)).to.deep.equal([
      'new  1',
      'existing  1',
      'not-tested  1',
      'fixed  0',
      'undefined  0',
      'regressed  1',
      'existing  1',
      'flaky  1',
      'existing accepted 0',
      'existing expired 1',
    ])
    expect(told.flatMap(({ finding }) => finding?.fingerprint ?? [])).to.deep.equal(Array(9).fill(fingerprint))
    expect(told[3]!.finding!.reproduced).to.deep.equal({ k: 0, n: 3 })
    expect(told[7]!.finding!.reproduced).to.deep.equal({ k: 1, n: 3 })
    // The case of what this run knows only from others can be replayed from it.
    expect(readdirSync(path.join(dir, '.eventfuzz/runs', told[7]!.report.run.id, 'cases'))).to.deep.equal([`${fingerprint}.json`])
  })

  it('leaves a directory of known findings with errors as it is, and says what is wrong with it', () => {
    const [name = ''] = readdirSync(path.join(dir, '.eventfuzz/known'))
    const file = path.join(dir, '.eventfuzz/known', name)
    const good = JSON.parse(readFileSync(file, 'utf8')) as { finding: object }
    for (const [bad, text] of [
      [{ ...good, schemaVersion: 2 }, /newer eventfuzz \(schema 2, this one reads 1\)/],
      [{ ...good, finding: { ...good.finding, severity: 'dire' } }, /at \/finding\/severity: it must be/],
      [{ ...good, finding: { ...good.finding, fingerprint: 'a'.repeat(64) } }, /another finding than its name says/],
      [null, /is wrong at \/: it must be object/],
      ['{"schema', /is not JSON/],
    ] as const) {
      const written = typeof bad === 'string' ? bad : JSON.stringify(bad)
      writeFileSync(file, written)
      expect(() => readKnown(path.dirname(file)))
        .to.throw(text)
        .with.property('name', 'ConfigError')
      expect(readFileSync(file, 'utf8')).to.equal(written)
    }
    const runs = readdirSync(path.join(dir, '.eventfuzz/runs'))
    expect(eventfuzz(dir, 'fuzz', 'orders.mjs', '-e', 'sqs', '--time', '1s').status).to.equal(2)
    expect(readdirSync(path.join(dir, '.eventfuzz/runs'))).to.deep.equal(runs)
    writeFileSync(file, JSON.stringify(good))
  })

  it('is left alone by runs that are to be repeatable', () => {
    put('orders.mjs', FIXED)
    const before = readKnown(path.join(dir, '.eventfuzz/known'))
    const { stdout } = eventfuzz(dir, 'fuzz', 'orders.mjs', '-e', 'sqs', '--runs', '10', '--reporter', 'json', '-q')
    expect((JSON.parse(stdout) as Report).findings).to.deep.equal([])
    expect(readKnown(path.join(dir, '.eventfuzz/known'))).to.deep.equal(before)
  })

  thorough('does not speak of functions and rules that it was not asked for', () => {
    const args = ['-e', 'sqs', '--known', '--runs', '10', '--seed', '1', '--reporter', 'json', '-q']
    for (const asked of [['other.mjs'], ['orders.mjs', '--rules', 'ssrf']]) {
      const { stdout, stderr } = eventfuzz(dir, 'fuzz', ...asked, ...args)
      expect((JSON.parse(stdout || stderr) as Report).findings, asked.join(' ')).to.deep.equal([])
    }
  })
})
