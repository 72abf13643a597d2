import { spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { storedReport } from '#src/commands/stored-report.js'
import { CLI, eventfuzz, ROOT } from './shop.js'

const dir = path.join(ROOT, 'dist-test/killed')
const HANDLER = `import { execSync } from 'node:child_process'
export const handler = async ({ Records }) => {
  for (const { body } of Records) execSync('echo ' + body)
}
`

/** Starts a run and kills it as soon as it says that it has found something. */
function killedAtFirstFinding(): Promise<string> {
  const child = spawn(process.execPath, [CLI, 'fuzz', 'a.mjs', '-e', 'sqs', '--time', '60s'], {
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  child.stderr.on('data', (part: Buffer) => {
    told += String(part)
    if (told.includes('found critical')) child.kill('SIGKILL')
  })
  return new Promise((resolve) => child.on('close', () => resolve(told)))
}

describe('a run that was killed', function () {
  this.timeout(120_000)
  before(async () => {
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
    writeFileSync(path.join(dir, 'package.json'), '{"type":"module"}')
    writeFileSync(path.join(dir, 'a.mjs'), HANDLER)
    expect(await killedAtFirstFinding()).to.include('found critical')
  })

  it('opens with all that it had told, as an interrupted one', () => {
    const report = storedReport('last', dir)
    expect(report.run.interrupted).to.equal(true)
    expect(report.findings.map(({ rule }) => rule)).to.include('command-injection')
    expect(report.notTested[0]).to.deep.equal({ what: 'a.mjs', why: 'the run was interrupted before it was reached' })
    const ran = eventfuzz(dir, 'report', 'last')
    expect(ran.status).to.equal(0)
    expect(ran.stdout).to.match(/interrupted$/m)
  })

  it('opens when its last line was cut, and says what is wrong with a line before it', () => {
    const [id = ''] = readdirSync(path.join(dir, '.eventfuzz/runs'))
    const file = path.join(dir, '.eventfuzz/runs', id, 'findings.jsonl')
    const before = readFileSync(file, 'utf8')
    appendFileSync(file, before.slice(0, before.length / 2))
    const whole = before.trimEnd().split('\n').length
    expect(storedReport(id, dir).findings).to.have.lengthOf(whole)
    writeFileSync(file, `{"cut\n${before}`)
    expect(() => storedReport(id, dir))
      .to.throw(/did not end, and what it wrote cannot be read/)
      .with.property('name', 'ConfigError')
    expect(readFileSync(file, 'utf8')).to.equal(`{"cut\n${before}`)
  })
})
