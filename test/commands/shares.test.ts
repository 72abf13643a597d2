import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { merge } from '#src/commands/merge.js'
import { shardOf } from '#src/commands/share.js'
import type { Report } from '#src/model/index.js'
import type { Difference } from '#src/report/diff-text.js'
import { eventfuzz, ROOT } from './shop.js'

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

describe('a run that machines share', function () {
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

  const WRONG: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['shares of different runs', ['part-1', 'part-9'], /do not belong together: .* has shards 2, .* has shards 9/],
    ['a share twice', ['part-1', 'part-1'], /Shard 1 is there twice/],
    ['a share and a whole run', ['part-1', 'whole'], /do not belong together/],
    ['a directory that is no run', ['part-1', 'lib'], /lib is not the directory of a run/],
  ]
  for (const [what, runs, text] of WRONG) {
    it(`refuses to merge ${what}, and writes nothing`, () => {
      expect(() => merge({ runs, outputDir: undefined, cwd: dir }))
        .to.throw(text)
        .with.property('name', 'ConfigError')
      expect(existsSync(path.join(dir, '.eventfuzz'))).to.equal(false)
    })
  }

  it('refuses to write over one of the runs', () => {
    const before = readFileSync(path.join(dir, 'part-1/report.json'), 'utf8')
    const { status, stderr } = eventfuzz(dir, 'merge', 'part-1', '--output-dir', 'part-1')
    expect([status, stderr]).to.deep.equal([2, 'eventfuzz: --output-dir part-1 is one of the runs that are merged\n'])
    expect(readFileSync(path.join(dir, 'part-1/report.json'), 'utf8')).to.equal(before)
  })

  it('wants a shard that is one, and one seed for all', () => {
    for (const text of ['3/2', '0/2', '1', '1/2/3', '-1/2', 'a/b']) expect(() => shardOf(text)).to.throw(/--shard takes i\/n/)
    expect(eventfuzz(dir, 'fuzz', '--shard', '1/2').stderr).to.match(/^eventfuzz: --shard needs --seed[^\n]*\n$/)
  })

  it('is told apart from another one: new, not seen again, not tested again', () => {
    const difference = (a: string, b: string) => {
      const { added, fixed, notSeen, notTested, same } = JSON.parse(eventfuzz(dir, 'diff', a, b, '--json').stdout) as Difference
      return [added, fixed, notSeen, notTested, same].map((list) => list.map(({ target }) => target))
    }
    expect(difference('part-1', 'whole')).to.deep.equal([['Mailer'], [], [], [], ['Printer']])
    expect(difference('whole', 'part-1')).to.deep.equal([[], [], [], ['Mailer'], ['Printer']])
    put('clean/report.json', JSON.stringify({ ...report('whole'), findings: [] }))
    expect(difference('whole', 'clean')).to.deep.equal([[], [], ['Printer', 'Mailer'], [], []])
    const mended = report('whole').findings.map((finding) => ({ ...finding, status: 'fixed' }))
    put('mended/report.json', JSON.stringify({ ...report('whole'), findings: mended }))
    expect(difference('whole', 'mended')).to.deep.equal([[], ['Printer', 'Mailer'], [], [], []])
    expect(eventfuzz(dir, 'diff', 'whole', 'mended').stdout).to.match(
      /Fixed: tested again.*\n *- +critical +command-injection +Printer/,
    )
  })
})
