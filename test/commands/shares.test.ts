import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { diff } from '#src/commands/diff.js'
import { merge } from '#src/commands/merge.js'
import { shardOf } from '#src/commands/share.js'
import { storedReport } from '#src/commands/stored-report.js'
import type { Report } from '#src/model/index.js'
import { canonicalReport, reportWithRules } from '../report/canonical-report.js'
import { THOROUGH } from '../thorough.js'
import { eventfuzz, ROOT } from './shop.js'
import { storedCaseOf } from './stored-case-of.js'

const dir = path.join(ROOT, 'dist-test/shares')
const put = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
  writeFileSync(path.join(dir, name), text)
}
const report = (run: string): Report => JSON.parse(readFileSync(path.join(dir, run, 'report.json'), 'utf8')) as Report

const SHELL = `import { execSync } from 'node:child_process'
export const handler = async ({ Records }) => {
  for (const { body } of Records) execSync('echo ' + body)
}
`
const READER = `import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { key } from './lib/key.mjs'
const s3 = new S3Client({})
export const handler = async ({ Records }) => {
  await s3.send(new GetObjectCommand({ Bucket: 'stock', Key: key(Records.length) }))
}
`
const queue = (name: string, handler: string): string => `  ${name}:
    Type: AWS::Serverless::Function
    Properties:
      Handler: ${handler}.handler
      Runtime: nodejs22.x
      Role: !GetAtt Shared.Arn
      Events: { Queue: { Type: SQS, Properties: { Queue: arn:aws:sqs:us-east-1:000000000000:q } } }
`
const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Shared:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: stock
          PolicyDocument: { Statement: { Effect: Allow, Action: ['s3:GetObject', 's3:DeleteObject'], Resource: 'arn:aws:s3:::stock/*' } }
${['Printer', 'Mailer'].map((name) => queue(name, 'shell')).join('')}${queue('Reader', 'reader')}`

/** What two runs of one seed must agree on: no ids, times, paths of the run. */
const comparable = ({ run, findings, targets, ...rest }: Report): unknown => ({
  ...{ ...rest, seed: run.seed, executions: run.executions, sandbox: run.sandbox },
  findings: findings.map(({ replay: _, ...finding }) => finding),
  targets,
})

const RUN = ['--seed', '5', '--runs', '120', '-q', '--reporter', 'ndjson=out.ndjson'] as const
const shard = (i: number, n: number) => eventfuzz(dir, 'fuzz', '--shard', `${i}/${n}`, '--output-dir', `part-${i}`, ...RUN)

const slow = THOROUGH ? describe : describe.skip
slow('a run that machines share (takes long: THOROUGH=1 npm test)', function () {
  this.timeout(120_000)
  before(() => {
    rmSync(dir, { recursive: true, force: true })
    put('package.json', '{"type":"module"}')
    put('template.yaml', TEMPLATE)
    put('shell.mjs', SHELL)
    put('reader.mjs', READER)
    put('lib/key.mjs', 'export const key = String\n')
    expect(eventfuzz(dir, 'fuzz', '--output-dir', 'whole', ...RUN).status).to.equal(1)
    expect([1, 2].map((i) => shard(i, 2).status)).to.deep.equal([1, 1])
  })

  it('gives the same report when its shards are merged, roles that functions share included', () => {
    const { status, stderr } = eventfuzz(dir, 'merge', 'part-2', 'part-1', '--output-dir', 'merged')
    expect(status, stderr).to.equal(1)
    expect(report('part-1').targets).to.have.lengthOf(2)
    expect(comparable(report('merged'))).to.deep.equal(comparable(report('whole')))
    expect(report('whole').permissions.map(({ action }) => action)).to.include('s3:DeleteObject')
    const { fingerprint, replay } = report('merged').findings[0]!
    expect(replay).to.equal(`npx eventfuzz replay merged/cases/${fingerprint}.json`)
    expect(readdirSync(path.join(dir, 'merged/cases')).sort()).to.deep.equal(readdirSync(path.join(dir, 'whole/cases')).sort())
  })

  it('names what a shard that is not there would have tested', () => {
    const { status } = eventfuzz(dir, 'merge', 'part-1', '--output-dir', 'half', '--fail-on', 'none')
    expect(status).to.equal(4)
    expect(
      report('half')
        .notTested.slice(0, 2)
        .map(({ what }) => what),
    ).to.deep.equal(['shard 2 of 2', 'Mailer'])
  })

  it('leaves a machine that has nothing to do green', () => {
    expect(shard(9, 9).status).to.equal(0)
    expect(report('part-9').targets).to.deep.equal([])
  })
})

describe('merge and diff', function () {
  this.timeout(60_000)
  const cwd = path.join(ROOT, 'dist-test/merge')
  const { targets, findings, run } = reportWithRules
  const order = targets.map(({ id }) => id)
  const write = (name: string, value: Report): void => {
    mkdirSync(path.join(cwd, name, 'cases'), { recursive: true })
    writeFileSync(path.join(cwd, name, 'report.json'), JSON.stringify(value))
    for (const finding of value.findings)
      writeFileSync(path.join(cwd, name, 'cases', `${finding.fingerprint}.json`), JSON.stringify(storedCaseOf(finding)))
  }
  /** Every second target, as a machine of two would have them. */
  const part = (index: number, count = 2): Report => {
    const own = order.filter((_, i) => i % count === index - 1)
    return {
      ...reportWithRules,
      run: { ...run, id: `part-${index}`, shard: { index, count, order } },
      targets: targets.filter(({ id }) => own.includes(id)),
      findings: findings.filter(({ target }) => own.includes(target)),
      notTested: [],
    }
  }
  before(() => {
    rmSync(cwd, { recursive: true, force: true })
    write('part-1', part(1))
    write('part-2', part(2))
    write('part-9', part(9, 9))
    write('whole', reportWithRules)
    mkdirSync(path.join(cwd, 'lib'))
  })

  it('puts functions and findings in the order of one run, with the cases, and replay lines that work here', () => {
    const { report: all, store, missing } = merge({ runs: ['part-2', 'part-1'], outputDir: 'merged', cwd })
    expect(missing).to.deep.equal([])
    expect(all.targets).to.deep.equal(targets)
    expect(all.findings.map(({ rule }) => rule)).to.deep.equal(['command-injection', 'poison-message', 'verbose-error'])
    expect(all.run).to.include({ executions: 2 * run.executions, interrupted: false, seed: run.seed })
    for (const { fingerprint, replay } of all.findings) {
      expect(replay).to.equal(`npx eventfuzz replay merged/cases/${fingerprint}.json`)
      expect(existsSync(path.join(store.dir, 'cases', `${fingerprint}.json`))).to.equal(true)
    }
    expect(storedReport('merged', cwd)).to.deep.equal(all)
  })

  it('names what a shard that is not there would have tested, and ends with 4', () => {
    const { status } = eventfuzz(cwd, 'merge', 'part-1', '--output-dir', 'half', '--fail-on', 'none')
    expect(status).to.equal(4)
    const told = storedReport('half', cwd).notTested.map(({ what }) => what)
    expect(told).to.deep.equal(['shard 2 of 2', ...part(2).targets.map(({ id }) => id)])
  })

  it('tells what is new from what earlier runs found, and remembers it, with --known', () => {
    const [first, second, third] = findings.map((finding) => ({ ...finding, status: 'new' as const, suppression: null }))
    const statuses = (...others: Report['findings'][number][]): Record<string, string> => {
      const { rules: _, ...any } = part(1, 1)
      write('round', { ...any, targets, findings: others, run: { ...run, id: 'round' } })
      rmSync(path.join(cwd, 'out'), { recursive: true, force: true })
      const { report: all } = merge({ runs: ['round'], outputDir: 'out', known: 'known', cwd })
      expect(storedReport('out', cwd).trend?.at(-1)?.run).to.equal(all.run.id)
      return Object.fromEntries(all.findings.map(({ rule, status }) => [rule, status]))
    }
    const [a, b, c] = [first!.rule, second!.rule, third!.rule]
    expect(statuses(first!, second!)).to.deep.equal({ [a]: 'new', [b]: 'new' })
    expect(statuses(first!, third!)).to.deep.equal({ [a]: 'existing', [b]: 'not-tested', [c]: 'new' })
    const gone = { ...second!, status: 'fixed' as const, reproduced: { k: 0, n: 3 } }
    expect(statuses(first!, gone)).to.deep.equal({ [a]: 'existing', [b]: 'fixed', [c]: 'not-tested' })
    expect(statuses(second!)).to.deep.equal({ [a]: 'not-tested', [b]: 'regressed', [c]: 'not-tested' })
    expect(existsSync(path.join(cwd, 'out/cases', `${first!.fingerprint}.json`)), 'can be replayed still').to.equal(true)
    writeFileSync(path.join(cwd, 'known', `${'0'.repeat(64)}.json`), '{}')
    rmSync(path.join(cwd, 'out'), { recursive: true })
    expect(() => statuses(first!)).to.throw(/The known finding .* delete it/)
    expect(existsSync(path.join(cwd, 'out'))).to.equal(false)
  })

  const WRONG: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['shares of different runs', ['part-1', 'part-9'], /do not belong together: .* has shards 2, .* has shards 9/],
    ['a share twice', ['part-1', 'part-1'], /Shard 1 is there twice/],
    ['a share and a whole run', ['part-1', 'whole'], /do not belong together/],
    ['a directory that is no run', ['part-1', 'lib'], /lib is not the directory of a run/],
  ]
  for (const [what, runs, text] of WRONG) {
    it(`refuses to merge ${what}, and writes nothing`, () => {
      expect(() => merge({ runs, outputDir: undefined, cwd }))
        .to.throw(text)
        .with.property('name', 'ConfigError')
      expect(existsSync(path.join(cwd, '.eventfuzz'))).to.equal(false)
    })
  }

  it('refuses to write over one of the runs', () => {
    const before = readFileSync(path.join(cwd, 'part-1/report.json'), 'utf8')
    expect(() => merge({ runs: ['part-1'], outputDir: 'part-1', cwd })).to.throw(/part-1 is one of the runs that are merged/)
    expect(readFileSync(path.join(cwd, 'part-1/report.json'), 'utf8')).to.equal(before)
  })

  it('wants a shard that is one, and one seed for all', () => {
    for (const text of ['3/2', '0/2', '1', '1/2/3', '-1/2', 'a/b']) expect(() => shardOf(text)).to.throw(/--shard takes i\/n/)
    expect(eventfuzz(cwd, 'fuzz', '--shard', '1/2').stderr).to.match(/^eventfuzz: --shard needs --seed[^\n]*\n$/)
  })

  it('tells new, fixed, not seen again and not tested again apart', () => {
    const rules = (a: string, b: string) => {
      const { added, fixed, notSeen, notTested, same } = diff(a, b, cwd)
      return [added, fixed, notSeen, notTested, same].map((list) => list.map(({ rule }) => rule))
    }
    const all = canonicalReport.findings.map(({ rule }) => rule)
    const [first, ...others] = [part(2), part(1)].map((one) => one.findings.map(({ rule }) => rule))
    expect(rules('part-2', 'whole')).to.deep.equal([others[0]!, [], [], [], first])
    expect(rules('whole', 'part-2')).to.deep.equal([[], [], [], others[0]!, first])
    write('clean', { ...reportWithRules, findings: [] })
    // One of its rules is not among those that the run says it judged by.
    const judged = all.filter((rule) => rule !== 'verbose-error')
    expect(rules('whole', 'clean')).to.deep.equal([[], [], judged, ['verbose-error'], []])
    write('other-rules', { ...reportWithRules, findings: [], rules: [] })
    expect(rules('whole', 'other-rules')).to.deep.equal([[], [], [], all, []])
    write('mended', { ...reportWithRules, findings: findings.map((finding) => ({ ...finding, status: 'fixed' as const })) })
    expect(rules('whole', 'mended')).to.deep.equal([[], all, [], [], []])
    expect(rules('mended', 'whole')).to.deep.equal([all, [], [], [], []])
    expect(eventfuzz(cwd, 'diff', 'whole', 'mended').stdout).to.match(/Fixed: tested again.*\n *- +\w+ +[\w-]+ +[\w-]+/)
  })
})
