import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { load } from 'js-yaml'
import { CLI, ROOT } from '../commands/shop.js'

interface Step {
  readonly run?: string
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly steps: readonly Step[] }
}

const read = (file: string): unknown => load(readFileSync(path.join(ROOT, file), 'utf8'))
const { inputs, runs } = read('action.yml') as Action

/** Runs the action's script as a runner would, in a project that has eventfuzz installed. */
function run(dir: string, env: Readonly<Record<string, string>>) {
  const defaults = Object.fromEntries(
    Object.entries(runs.steps[0]!.env ?? {}).map(([name, value]) => [
      name,
      inputs[/inputs\.([\w-]+)/.exec(value)?.[1] ?? '']?.default ?? '',
    ]),
  )
  const files = { GITHUB_OUTPUT: path.join(dir, 'output'), GITHUB_STEP_SUMMARY: path.join(dir, 'summary') }
  return spawnSync('bash', ['-c', runs.steps[0]!.run!], {
    cwd: dir,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GITHUB_EVENT_NAME: 'push', ...defaults, ...files, ...env },
    timeout: 120_000,
  })
}

describe('the GitHub Action', function () {
  this.timeout(120_000)
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-action-'))
  before(() => {
    mkdirSync(path.join(dir, 'node_modules/.bin'), { recursive: true })
    const program = path.join(dir, 'node_modules/.bin/eventfuzz')
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`, { mode: 0o755 })
    writeFileSync(
      path.join(dir, 'print.mjs'),
      "import { execSync } from 'node:child_process'\nexport const handler = async ({ Records }) => { for (const { body } of Records) execSync('lpr ' + body) }\n",
    )
  })
  after(() => rmSync(dir, { recursive: true, force: true }))

  it('puts no input into the text of a script', () => {
    for (const step of runs.steps) expect(step.run ?? '').to.not.include('${{')
  })

  it('uploads to code scanning only when asked', () => {
    expect(inputs['upload-sarif']!.default).to.equal('false')
    expect(runs.steps[1]!.if).to.include("inputs.upload-sarif == 'true'")
  })

  it('refuses pull_request_target, and live runs for forks, before anything runs', () => {
    const refused = [
      run(dir, { GITHUB_EVENT_NAME: 'pull_request_target' }),
      run(dir, { GITHUB_EVENT_NAME: 'pull_request', FROM_FORK: 'true', ARGS: '--live' }),
    ]
    for (const { status, stdout } of refused) {
      expect(status).to.equal(2)
      expect(stdout).to.match(/^::error title=eventfuzz::/)
    }
    expect(existsSync(path.join(dir, 'eventfuzz-report'))).to.equal(false)
  })

  it('fails the job for a finding, annotates it, and leaves SARIF, JUnit and a summary', () => {
    const { status, stdout, stderr } = run(dir, {
      TARGETS: 'print.mjs\n',
      ARGS: '--event=sqs\n--runs=60\n--seed=1\n--rules=command-injection\n',
    })
    expect(status, stderr).to.equal(1)
    expect(stdout).to.match(/^::error file=print\.mjs,line=2,/)
    expect(readFileSync(path.join(dir, 'output'), 'utf8')).to.equal('exit-code=1\nsarif=eventfuzz-report/eventfuzz.sarif\n')
    expect(readFileSync(path.join(dir, 'summary'), 'utf8')).to.match(/^## eventfuzz: 1 open finding\n/)
    for (const file of ['eventfuzz.sarif', 'eventfuzz.xml', 'run/report.json', 'run/report.html'])
      expect(existsSync(path.join(dir, 'eventfuzz-report', file)), file).to.equal(true)
  })
})

describe('the examples for pipelines', () => {
  for (const file of ['examples/ci/github-scheduled.yml', 'examples/ci/gitlab-ci.yml']) {
    it(`${file} is YAML, never runs on pull_request_target, and uses flags that exist`, () => {
      const text = readFileSync(path.join(ROOT, file), 'utf8')
      expect(read(file)).to.be.an('object')
      expect(text).to.not.include('pull_request_target')
      const help = spawnSync(process.execPath, [CLI, 'fuzz', '--help'], { encoding: 'utf8' }).stdout
      for (const [flag] of text.matchAll(/(?<=\s)--(?!output\b)[a-z-]+/g)) expect(help).to.include(`${flag} `)
    })
  }
})
