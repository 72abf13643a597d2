import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import type { Finding, Report } from '#src/model/index.js'
import { ALL, exhaustive, THOROUGH, thorough } from '../thorough.js'
import { eventfuzz, fuzzed, keys, ROOT } from './shop.js'

const HANDLERS = path.join(ROOT, 'test/handlers/rules')

/** Handler, what is wrong with it, and where its twin brings the same data. */
const HTTP: readonly (readonly [handler: string, rules: readonly string[], sink: string])[] = [
  ['audit.mjs', ['log-injection'], 'log'],
  ['checkout.mjs', ['json-injection'], 'aws'],
  ['contact.mjs', ['mail-header-injection'], 'aws'],
  ['convert.cjs', ['event-chosen-module'], 'module'],
  ['export.mjs', ['sdk-parameter-injection'], 'aws'],
  ['greeting.mjs', ['html-injection'], 'body'],
  ['import.mjs', ['argument-injection'], 'process'],
  ['items.mjs', ['mass-assignment'], 'aws'],
  ['login.mjs', ['open-redirect'], 'location'],
  ['profile.mjs', ['cors-any-origin'], 'x-asked-from'],
  ['search.mjs', ['regexp-injection'], 'regexp'],
  ['status.mjs', ['secret-in-call', 'secret-in-log'], 'aws'],
  ['theme.mjs', ['header-injection'], 'set-cookie'],
]
const TOKEN = [['gate.mjs', ['unverified-token'], '']] as const

/**
 * The same behind other triggers: source, handler, what is wrong with it, where its twin brings the same data. Empty for documents:
 * test/oracles/document-twins.test.ts brings them an honest one.
 */
const OTHERS: readonly (readonly [source: string, handler: string, rules: readonly string[], sink: string])[] = [
  ['authorizer-token', 'door.mjs', ['broad-policy'], ''],
  // A quadratic cost is told by times, which a busy machine moves: CI has the exponential one.
  ['apigw-v2', 'tidy.mjs', ['redos'], 'aws'],
  ['apigw-v2', 'slug.mjs', ['redos'], 'body'],
  ['apigw-v2', 'orders.mjs', ['forged-token'], 'log'],
  ['apigw-v2', 'basket.mjs', ['state-leak'], 'body'],
  ['apigw-v2', 'plan.mjs', ['state-leak'], 'aws'],
  ['apigw-v2', 'signin.mjs', ['nosql-injection'], 'aws'],
  ['apigw-v2', 'invite.mjs', ['nosql-injection'], 'aws'],
  ['apigw-v2', 'articles.mjs', ['nosql-injection'], 'aws'],
  ['s3', 'unpack.mjs', ['archive-traversal'], ''],
  ['apigw-v2', 'restore.mjs', ['archive-traversal'], ''],
  ['apigw-v2', 'settings.mjs', ['unsafe-deserialisation'], ''],
  ['apigw-v2', 'resume.mjs', ['unsafe-deserialisation'], 'log'],
  ['apigw-v2', 'invoice.mjs', ['xml-external-entity'], ''],
  ['apigw-v2', 'letter.mjs', ['template-injection'], 'body'],
  ['apigw-v2', 'label.mjs', ['unbounded-calls'], 'aws'],
  ['apigw-v2', 'grid.mjs', ['unbounded-memory'], 'body'],
  ['apigw-v2', 'events.mjs', ['unbounded-memory'], 'body'],
  ['apigw-v2', 'upload.mjs', ['unbounded-memory'], 'log'],
  ['sqs', 'notify.mjs', ['unawaited-work'], 'aws'],
  ['sqs', 'relay.mjs', ['lost-message'], 'aws'],
  ['authorizer-request', 'partner.mjs', ['inherited-credential'], ''],
  ['sqs', 'roster.mjs', ['unawaited-work'], 'aws'],
  ['apigw-v2', 'signup.mjs', ['unawaited-work'], 'aws'],
  ['s3', 'stamp.mjs', ['recursive-trigger'], 'aws'],
  ['s3', 'intake.mjs', ['undecoded-object-key'], 'aws'],
  ['function-url', 'mirror.mjs', ['ssrf'], 'connect'],
  ['sns', 'lines.mjs', ['redos'], ''],
  ['apigw-v2', 'jobs.mjs', ['forged-sender'], 'log'],
  ['sqs', 'retry.mjs', ['recursive-trigger'], 'aws'],
  ['dynamodb-stream', 'reindex.mjs', ['recursive-trigger'], 'aws'],
  ['apigw-v2', 'links.mjs', ['object-key-traversal'], 'aws'],
  ['function-url', 'members.mjs', ['format-disagreement'], 'aws'],
  ['apigw-v2', 'desk.mjs', ['event-chosen-method'], 'log'],
  ['apigw-v2', 'stock.mjs', ['dynamodb-expression-injection'], 'aws'],
]

/** Documents are tried after everything that something points to. */
const RUNS: Readonly<Record<string, number>> = { 'resume.mjs': 1_500, 'slug.mjs': 1_000, 'label.mjs': 60 }
/** What a twin gets; `npm run verify` gives it 400. */
const SILENT = ALL ? 400 : 150

/** test/campaign/ten.test.ts has some of the others. */
const FEW = new Set(['checkout.mjs', 'search.mjs'])
const TRIED = HTTP.filter(([file]) => THOROUGH || FEW.has(file))

/** What a body that is no JSON does to a handler that parses it without care is not what these are about. */
const isAbout = ({ rule }: Finding): boolean => rule !== 'unhandled-error'

const named = (file: string, kind: string): string => file.replace('.', `-${kind}.`)

describe('the rules on handlers', function () {
  this.timeout(300_000)
  const dir = path.join(ROOT, 'dist-test/rules') // Below the repository: the AWS clients are there.
  const run = (kind: string, source: string, files: readonly string[], each: number, ...more: readonly string[]): Report =>
    fuzzed(
      dir,
      ...files.map((file) => named(file, kind)),
      '--event',
      source,
      '--runs',
      String(each * files.length),
      '--seed',
      '1',
      '--experimental',
      ...more,
    )
  const fresh = () => {
    rmSync(dir, { recursive: true, force: true })
    cpSync(HANDLERS, dir, { recursive: true })
  }

  it('have a handler and a twin each', () => {
    const expected = [...HTTP, ...TOKEN, ...OTHERS.map(([, file]) => [file] as const)].flatMap(([file]) => [
      named(file, 'bad'),
      named(file, 'good'),
    ])
    expect(readdirSync(HANDLERS).filter((file) => file.includes('-'))).to.have.members(expected)
  })

  it('speak of what is wrong, once', () => {
    fresh()
    const report = run(
      'bad',
      'apigw-v2',
      TRIED.map(([file]) => file),
      150,
    )
    const found = { ...report, findings: report.findings.filter(isAbout) }
    expect(keys(found)).to.deep.equal(
      TRIED.flatMap(([file, rules]) => rules.map((rule) => `${rule} in ${named(file, 'bad')}`)).sort(),
    )
    for (const { confidence, rule } of found.findings) expect(confidence, rule).to.equal('confirmed')
    const [first] = found.findings
    expect(eventfuzz(dir, 'replay', first!.fingerprint.slice(0, 12)).stdout).to.include('still reproduces (3 of 3)')
    expect(keys(run('bad', 'authorizer-token', ['gate.mjs'], 40))).to.deep.equal(['unverified-token in gate-bad.mjs'])
  })

  for (const [source, file, rules, sink] of OTHERS) {
    const [, first] = OTHERS.find((other) => other[2].join() === rules.join())!
    const test = first === file ? thorough : (title: string, body: () => void) => exhaustive(title, first, body)
    test(`speak of ${file} behind ${source}, and are silent on its twin`, () => {
      fresh()
      writeFileSync(path.join(dir, 'eventfuzz.config.json'), JSON.stringify({ plugins: ['reaches.mjs'] }))
      const ends = ['--rules', rules.join(','), '--max-findings', String(rules.length)]
      const bad = run('bad', source, [file], RUNS[file] ?? 400, ...ends)
      expect(bad.findings.map(({ rule }) => rule)).to.include.members([...rules])
      const good = run('good', source, [file], Math.min(RUNS[file] ?? SILENT, SILENT))
      expect(keys({ ...good, findings: good.findings.filter(({ rule }) => rule !== 'reaches') })).to.deep.equal([])
      expect(good.findings.map(({ evidence }) => evidence).join('; ')).to.include(sink === '' ? '' : `reaches ${sink}`)
    })
  }

  thorough('are silent where the same data is handled right', () => {
    fresh()
    writeFileSync(path.join(dir, 'eventfuzz.config.json'), JSON.stringify({ plugins: ['reaches.mjs'] }))
    const report = run(
      'good',
      'apigw-v2',
      HTTP.map(([file]) => file),
      150,
    )
    expect(keys({ ...report, findings: report.findings.filter(({ rule }) => rule !== 'reaches') })).to.deep.equal([])
    for (const [file, , sink] of HTTP) {
      const seen = report.findings.filter(({ target }) => target === named(file, 'good')).map(({ evidence }) => evidence)
      expect(seen.join('; '), file).to.include(`reaches ${sink}`)
    }
    expect(keys(run('good', 'authorizer-token', ['gate.mjs'], 40))).to.deep.equal([])
  })
})
