import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { exportTest } from '#src/commands/export-test.js'
import type { Finding } from '#src/model/index.js'
import { ROOT } from './shop.js'

// Below the repository: its package.json makes `eventfuzz/assert` known, as an installed package would.
const dir = path.join(ROOT, 'dist-test', `assert-${process.pid}`)
const put = (name: string, text: string): void => writeFileSync(path.join(dir, name), text)
const node = (...args: readonly string[]) => spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8', timeout: 120_000 })

const handler = (call: string) => `import { exec, execFile } from 'node:child_process'
import { promisify } from 'node:util'
const [shell, program] = [promisify(exec), promisify(execFile)]
export const handler = async ({ Records }) => {
  if (process.env.REPORT_TOKEN === undefined) throw new Error('not configured')
  for (const { body } of Records) await ${call}
  return { batchItemFailures: [] }
}
`
const VULNERABLE = handler("shell('lpr -T ' + body)")
const FIXED = handler("program('lpr', ['-T', '--', body])")

const FUZZ = `import { fuzzHandler } from 'eventfuzz/assert'
const options = { event: 'sqs', runs: 150, seed: 7, rules: ['command-injection'], environment: { REPORT_TOKEN: 'really-secret-token' } }
await fuzzHandler('src/print.mjs', options)
  .then(() => console.log(JSON.stringify({ name: 'none' })))
  .catch(({ name, code, message, findings }) => console.log(JSON.stringify({ name, code, message, findings })))
`

interface Thrown {
  readonly name: string
  readonly code?: string
  readonly message?: string
  readonly findings?: readonly {
    readonly fingerprint: string
    readonly event: string
    readonly replay: string
    readonly sink: Finding['sink']
  }[]
}

describe('eventfuzz/assert and export', function () {
  this.timeout(120_000)
  let thrown: Thrown

  before(() => {
    mkdirSync(path.join(dir, 'src'), { recursive: true })
    mkdirSync(path.join(dir, 'test'))
    // A package of its own: else all of the repository would be the function's.
    put('src/package.json', '{}')
    put('src/print.mjs', VULNERABLE)
    put('fuzz.mjs', FUZZ)
    thrown = JSON.parse(node('fuzz.mjs').stdout) as Thrown
  })
  after(() => rmSync(dir, { recursive: true, force: true }))

  it('can be required, and says then too what it wants', () => {
    const text =
      "require('eventfuzz/assert').fuzzHandler(5, { event: 'sqs' }).catch(({ name, message }) => console.log(name, message))"
    put('wrong.cjs', text)
    expect(node('wrong.cjs').stdout).to.match(/^TypeError fuzzHandler takes the handler's file/)
  })

  it('throws an AssertionError with the finding, its event and its replay line', () => {
    expect(thrown).to.include({ name: 'AssertionError', code: 'ERR_ASSERTION' })
    expect(thrown.findings).to.have.lengthOf(1)
    const { event, replay, sink } = thrown.findings![0]!
    // From the working directory, although the function's own package begins at src/.
    expect(sink?.location?.file).to.equal('src/print.mjs')
    expect(JSON.parse(event)).to.have.nested.property('Records[0].body')
    expect(thrown.message).to.include('command-injection').and.to.include('seed 7').and.to.include(replay)
  })

  it('is an assertion of chai: a handler survives a source, or does not', () => {
    put(
      'chai.mjs',
      `import * as chai from 'chai'
import { eventfuzz } from 'eventfuzz/chai'
chai.use(eventfuzz)
const options = { runs: 50, seed: 7, rules: ['command-injection'], environment: { REPORT_TOKEN: 'really-secret-token' } }
const said = (promise) => promise.then(() => 'passes', ({ name, message }) => name + ': ' + message.split('\\n')[0])
console.log(await said(chai.expect('src/print.mjs').to.survive('sqs', options)))
console.log(await said(chai.expect('src/print.mjs').to.not.survive('sqs', options)))
console.log(await said(chai.expect('src/print.mjs').to.not.survive('sqs', { ...options, environment: {} })))
`,
    )
    const { stdout, stderr } = node('chai.mjs')
    expect(stdout.trimEnd().split('\n'), stderr).to.deep.equal([
      'AssertionError: 1 finding with seed 7',
      'passes',
      'TargetError: src/print.mjs was not tested: not-drivable: environment REPORT_TOKEN; other Error: not configured',
    ])
  })

  it('exports a test that fails before the fix and passes after it, in node:test and in mocha', () => {
    const { test, caseFile } = exportTest(thrown.findings![0]!.fingerprint, 'test/print.test.mjs', dir)
    const before = node('--test', test)
    expect(before.status, before.stdout).to.equal(1)
    expect(before.stdout).to.include('still reproduces (3 of 3)')
    expect(before.stdout).to.include('npx eventfuzz replay test/print.case.json')
    put('src/print.mjs', FIXED)
    const after = node(path.join(ROOT, 'node_modules/mocha/bin/mocha.js'), '--no-config', test)
    expect(after.status, after.stdout + after.stderr).to.equal(0)
    expect(after.stdout).to.include('1 passing')
    const written = readFileSync(caseFile, 'utf8')
    expect(written).to.not.include(dir)
    expect(written).to.not.include('really-secret-token')
  })

  it('overwrites nothing', () => {
    put('test/mine.test.mjs', '// mine')
    expect(() => exportTest(thrown.findings![0]!.fingerprint, 'test/mine.test.mjs', dir)).to.throw(/is there already/)
    expect(readFileSync(path.join(dir, 'test/mine.test.mjs'), 'utf8')).to.equal('// mine')
    expect(readdirSync(path.join(dir, 'test')).filter((name) => name.startsWith('mine'))).to.deep.equal(['mine.test.mjs'])
  })

  it('never passes for a handler that could not be tested', () => {
    put('boom.mjs', FUZZ.replace('src/print.mjs', 'no-such-file.mjs'))
    expect((JSON.parse(node('boom.mjs').stdout) as Thrown).name).to.equal('TargetError')
  })
})
