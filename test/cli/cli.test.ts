import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { reporters } from '#src/report/index.js'
import { CLI, eventfuzz, ROOT } from '../commands/shop.js'
import { thorough } from '../thorough.js'

const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-cli-'))
const put = (name: string, text: string) => writeFileSync(path.join(dir, name), text)

put('ok.mjs', 'export const handler = async () => ({ statusCode: 200, body: "" })')
put('boom.mjs', 'throw new Error("boom\\nin two lines")')
put('syntax.mjs', 'export const handler = (')
put('unauthorised.mjs', 'export const handler = async () => { throw new Error("no database: set DATABASE_URL") }')
put('bad.json', '{')
put('list.json', '[]')
put('nothing.cjs', 'throw null')
put('imports.mjs', 'import "./syntax.mjs"; export const handler = async () => 1')
put('package.mjs', 'import "no-such-package"; export const handler = async () => 1')
put('a#b.mjs', 'export const nope = 1')
put('text.json', JSON.stringify('no policy'))
put('plain-file', '')

/** Wrong use: the arguments, the exit code, and what the one line must say. */
const WRONG: readonly (readonly [string, readonly string[], number, RegExp])[] = [
  ['an unknown source', ['fuzz', 'ok.mjs', '--event', 'sqz'], 2, /No event source 'sqz'.*Did you mean 'sqs'/],
  ['an unknown flag', ['fuzz', 'ok.mjs', '--sed', '1'], 2, /--sed/],
  ['an unknown command', ['fuzzz'], 2, /fuzzz/],
  ['no source', ['fuzz', 'ok.mjs'], 2, /--event/],
  ['nothing to test', ['fuzz'], 2, /Nothing to test/],
  ['a missing file', ['fuzz', 'missing.mjs', '--event', 'sqs'], 3, /No such file: .*missing\.mjs.*Name the handler file/],
  ['a handler that throws while loading', ['fuzz', 'boom.mjs', '--event', 'sqs'], 3, /boom \(boom\.mjs:1\)\. .*--env-file/],
  ['a handler that throws nothing while loading', ['fuzz', 'nothing.cjs', '--event', 'sqs'], 3, /throws while it is loaded/],
  ['a syntax error', ['fuzz', 'syntax.mjs', '--event', 'sqs'], 3, /SyntaxError.*\(syntax\.mjs:1\)/],
  ['a syntax error in what it imports', ['fuzz', 'imports.mjs', '--event', 'sqs'], 3, /SyntaxError.*\(syntax\.mjs:1\)/],
  [
    'a package that is not installed',
    ['fuzz', 'package.mjs', '--event', 'sqs'],
    3,
    /'no-such-package' imported from package\.mjs/,
  ],
  ['a missing export', ['fuzz', 'ok.mjs#nope', '--event', 'sqs'], 3, /'nope' is not a function.*it exports handler.*ok\.mjs#/],
  ['a file name with #', ['fuzz', 'a#b.mjs', '--event', 'sqs'], 3, /it exports nope/],
  ['no target that can be loaded', ['fuzz', 'missing.mjs', 'boom.mjs', '--event', 'sqs'], 3, /missing\.mjs.* \| boom\.mjs/],
  ['a node that is none', ['fuzz', 'ok.mjs', '--event', 'sqs', '--node', '/nonexistent'], 2, /\/nonexistent is no node/],
  ['no time at all', ['fuzz', 'ok.mjs', '--event', 'sqs', '--time', '0s'], 2, /--time/],
  ['a policy that is no JSON', ['fuzz', 'ok.mjs', '--event', 'sqs', '--policy', 'bad.json'], 2, /bad\.json is not JSON/],
  ['a policy that is no policy', ['fuzz', 'ok.mjs', '--event', 'sqs', '--runs', '20', '--policy', 'list.json'], 2, /list\.json/],
  [
    'an output directory that cannot be written',
    ['fuzz', 'ok.mjs', '--event', 'sqs', '--output-dir', 'plain-file/run'],
    2,
    /cannot be written.*--output-dir/,
  ],
  ['a duration without a unit', ['fuzz', 'ok.mjs', '--event', 'sqs', '--time', '30'], 2, /--time takes a number with a unit/],
  ['an unknown reporter', ['fuzz', 'ok.mjs', '--event', 'sqs', '--reporter', 'sarf=x'], 2, /--reporter.*Did you mean 'sarif'/],
  [
    'a report in a directory that is not there',
    ['fuzz', 'ok.mjs', '--event', 'sqs', '--reporter', 'list,sarif=no/x.sarif'],
    2,
    /no\/x\.sarif cannot be written: there is no directory/,
  ],
  ['a report without a file name', ['fuzz', 'ok.mjs', '--event', 'sqs', '--reporter', 'junit='], 2, /junit= names no file/],
  ['an unknown rule', ['fuzz', 'ok.mjs', '--event', 'sqs', '--rules', 'comand-injection'], 2, /Did you mean 'command-injection'/],
  ['an unknown rule to show', ['rules', 'show', 'sql'], 2, /No rule 'sql'/],
  ['an unknown stage', ['generate', 'sqs', '--stage', 'vald'], 2, /Did you mean 'valid'/],
  ['an unknown fingerprint', ['replay', 'nosuch'], 2, /neither a case file nor a fingerprint/],
  ['a case file that is none', ['replay', 'bad.json'], 2, /bad\.json is not JSON/],
  ['the analyser without a policy', ['iam', 'ok.mjs', '--event', 'sqs'], 2, /--policy/],
]

describe('the command line', function () {
  this.timeout(60_000)

  it('names every reporter in its help', () => {
    expect(eventfuzz(dir, 'fuzz', '--help').stdout.replace(/\s+/g, ' ')).to.include(Object.keys(reporters).join(', '))
  })

  for (const [what, args, status, text] of WRONG) {
    it(`answers ${what} with ${status} and one line that says what to do`, () => {
      const ran = eventfuzz(dir, ...args)
      expect(ran.status, ran.stderr).to.equal(status)
      expect(ran.stderr).to.match(text)
      expect(ran.stdout).to.equal('')
      expect(ran.stderr.trimEnd().split('\n'), 'one line, or two with a suggestion').to.have.lengthOf(
        /\n\(Did/.test(ran.stderr) ? 2 : 1,
      )
      expect(existsSync(path.join(dir, '.eventfuzz')), 'something was written').to.equal(false)
    })
  }

  it('says that a target fails every honest event, and what it misses', () => {
    const ran = eventfuzz(dir, 'fuzz', 'unauthorised.mjs', '--event', 'sqs', '--runs', '50', '--output-dir', 'unauthorised')
    expect(ran.status, ran.stderr).to.equal(3)
    expect(ran.stdout)
      .to.match(/fails valid events.*DATABASE_URL/)
      .and.to.match(/^Nothing was tested/m)
  })

  it('leaves nothing half-written when it refuses to start', () => {
    const empty = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-cli-'))
    eventfuzz(empty, 'fuzz', 'x.mjs', '--event', 'nosuch')
    expect(existsSync(path.join(empty, '.eventfuzz'))).to.equal(false)
  })

  thorough('names a handler that spins, exits, floods or hoards, and goes on', () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-cli-'))
    cpSync(path.join(ROOT, 'test/handlers/conditional.mjs'), path.join(home, 'conditional.mjs'))
    const ran = eventfuzz(
      home,
      'fuzz',
      'conditional.mjs',
      '--event',
      'apigw-v2',
      '--timeout',
      '500ms',
      '--runs',
      '140',
      '--seed',
      '3',
      '--fail-on',
      'medium',
    )
    expect(ran.status, ran.stderr).to.equal(1)
    const report = JSON.parse(readFileSync(path.join(home, '.eventfuzz/last/report.json'), 'utf8')) as Report
    const said = report.findings.map(({ rule, evidence }) => `${rule}: ${evidence}`).sort()
    expect(
      said
        .filter((one) => one.startsWith('crash') || one.startsWith('hang'))
        .map((one) => one.replace(/ \(.*/, '').replace(/: it had.*/, '')),
    ).to.deep.equal([
      'crash: The function ended its own process',
      'crash: The function flooded its output',
      'crash: The function ran out of memory',
      'hang: The function spins',
    ])
    for (const { rule, confidence } of report.findings) expect(confidence, rule).to.equal('confirmed')
  })

  it('keeps secrets out of everything it writes', () => {
    const home = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-cli-'))
    const secret = 'correct-horse-battery-staple'
    writeFileSync(
      path.join(home, 'leaks.mjs'),
      'export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify({ ...process.env, got: event.body }) })',
    )
    writeFileSync(path.join(home, 'env'), `PAYMENT_TOKEN="${secret}"\n# a comment\n`)
    const ran = eventfuzz(home, 'fuzz', 'leaks.mjs', '--event', 'apigw-v2', '--runs', '60', '--seed', '1', '--env-file', 'env')
    expect(ran.status, ran.stderr).to.equal(1)
    expect(ran.stdout).to.include('secret-leak').and.to.include('PAYMENT_TOKEN')
    const run = path.join(home, '.eventfuzz/last')
    const files = readdirSync(run, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(path.join(run, name)).isFile(),
    )
    expect(files.length).to.be.greaterThan(4)
    for (const name of files) expect(readFileSync(path.join(run, name), 'utf8'), name).to.not.include(secret)
    expect(ran.stdout + ran.stderr).to.not.include(secret)
  })

  it('writes the report of what was done on Ctrl-C, and exits with 130', async () => {
    const child = spawn(
      process.execPath,
      [CLI, 'fuzz', 'ok.mjs', '--event', 'apigw-v1', '--time', '60s', '--output-dir', 'interrupted'],
      { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
    await new Promise<void>((resolve) => child.stderr.once('data', () => setTimeout(resolve, 1_500)))
    child.kill('SIGINT')
    expect(await ended).to.equal(130)
    const report = JSON.parse(readFileSync(path.join(dir, 'interrupted/report.json'), 'utf8')) as Report
    expect(report.run.interrupted).to.equal(true)
    expect(report.run.executions).to.be.greaterThan(0)
    expect(existsSync(path.join(dir, 'interrupted/report.html'))).to.equal(true)
  })

  it('prints its version', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }
    for (const flag of ['--version', '-V']) {
      const { status, stdout, stderr } = eventfuzz(dir, flag)
      expect({ status, stdout, stderr }).to.deep.equal({ status: 0, stdout: `${version}\n`, stderr: '' })
    }
  })

  it('prints help at once, with every command', () => {
    const ran = eventfuzz(dir, '--help')
    expect(ran.status).to.equal(0)
    for (const command of ['fuzz', 'replay', 'iam', 'generate', 'rules']) expect(ran.stdout).to.include(command)
  })

  it('shows all that there is to say of a rule', () => {
    const ran = eventfuzz(dir, 'rules', 'show', 'sql-injection')
    expect(ran.status).to.equal(0)
    for (const word of ['counts', 'does not', 'proven', 'cannot see', 'fix', 'CWE-89']) expect(ran.stdout).to.include(word)
    expect(eventfuzz(dir, 'rules', 'sql-injection').stdout).to.equal(ran.stdout)
  })

  it('generates the same events for the same seed, and others for another', () => {
    const lines = (seed: string) => eventfuzz(dir, 'generate', 's3', '--count', '20', '--seed', seed).stdout
    expect(lines('5')).to.equal(lines('5'))
    expect(lines('5')).to.not.equal(lines('6'))
    const first = JSON.parse(lines('5').split('\n')[0]!) as { source: string; stage: string; events: string[] }
    expect(first).to.include({ source: 's3', stage: 'valid' })
    expect(JSON.parse(first.events[0]!)).to.have.property('Records')
  })

  for (const stage of ['boundary', 'hostile']) {
    it(`generates ${stage} events with labels for every source`, () => {
      for (const source of ['apigw-v1', 'apigw-v2', 's3', 'sqs', 'dynamodb-stream', 'authorizer-token']) {
        const lines = eventfuzz(dir, 'generate', source, '--stage', stage, '--count', '50', '--seed', '1')
          .stdout.trim()
          .split('\n')
        expect(lines, source).to.have.lengthOf(50)
        expect(new Set(lines).size, source).to.be.greaterThan(30)
        for (const line of lines) expect((JSON.parse(line) as { labels: string[] }).labels.join(), source).to.match(/ at \//)
      }
    })
  }
})
