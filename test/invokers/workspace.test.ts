import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { HostMode, Observation, SandboxLevel } from '#src/model/index.js'
import { ownModule } from '#src/model/own-modules.js'
import { target } from './target-maker.js'

/** A repository with a workspace: a function, two packages of its own, one of the registry, and one that is linked from elsewhere. */
function workspace(): string {
  const home = mkdtempSync(fileURLToPath(new URL('../workspace-', import.meta.url))) // Not below /tmp, which is the function's own.
  const files: Readonly<Record<string, string>> = {
    'repo/package.json': '{"private":true,"workspaces":["packages/*","services/*"]}',
    'repo/.git/HEAD': 'ref: refs/heads/main',
    'repo/services/api/package.json': '{"name":"api","dependencies":{"@acme/jobs":"*","elsewhere":"*"}}',
    'repo/services/api/src/handler.js': `const { start } = require('@acme/jobs')
      exports.handler = async (event) => [start(event.kind, event.name), require('elsewhere'), require('@acme/jobs/names')]`,
    'repo/packages/jobs/package.json':
      '{"name":"@acme/jobs","main":"lib/index.js","dependencies":{"@acme/run":"*","padded":"*"}}',
    'repo/packages/jobs/lib/index.js': `const run = require('@acme/run')
      exports.start = (kind, name) => kind === 'archive' ? run('zip ' + require('padded')(name)) : 'nothing'`,
    'repo/packages/jobs/names.js': 'module.exports = "names"',
    'repo/packages/jobs/node_modules/padded/index.js': 'module.exports = (text) => ` ${text} `',
    'repo/packages/run/package.json': '{"name":"@acme/run","exports":{"require":"./run.cjs"}}',
    'repo/packages/run/run.cjs': `module.exports = (command) => {
      require('node:child_process').execSync(command)
      return 'ran'
    }`,
    'repo/packages/unused/package.json': '{"name":"@acme/unused"}',
    'repo/node_modules/@acme/registry/index.js': '',
    'elsewhere/package.json': '{"name":"elsewhere","main":"main"}',
    'elsewhere/main.js': 'module.exports = "from elsewhere"',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true })
    writeFileSync(path.join(home, name), text)
  }
  const modules = path.join(home, 'repo/node_modules')
  for (const name of ['jobs', 'run', 'unused']) symlinkSync(`../../packages/${name}`, path.join(modules, '@acme', name))
  symlinkSync('../services/api', path.join(modules, 'api'))
  symlinkSync(path.join(home, 'elsewhere'), path.join(modules, 'elsewhere'))
  symlinkSync('nowhere', path.join(modules, 'gone'))
  return path.join(home, 'repo')
}

const functionOf = (repo: string) =>
  target({ file: path.join(repo, 'services/api/src/handler.js'), root: path.join(repo, 'services/api') })

describe('a function of a workspace', function () {
  this.timeout(30_000)

  for (const level of ['strong', 'medium', 'weak'] as const satisfies readonly SandboxLevel[]) {
    it(`loads the packages of its repository at ${level}, and what they do is seen at their lines`, async function () {
      await using invoker = await localInvoker({ node: process.execPath, sandbox: level }).catch((error: Error) => {
        if (process.env['REQUIRE_ALL'] === '1') throw error
        console.log(`      skipped: ${error.message}`)
        return this.skip()
      })
      const opened = await invoker.open(functionOf(workspace()))
      if (opened.kind !== 'open') throw new Error(opened.reason)
      await using session = opened.session
      const run = async (n: number, kind: string, mode: HostMode): Promise<Observation> => {
        const item = { n, text: JSON.stringify({ kind, name: 'a' }), mode, deadlineMs: 2_000 }
        return (await session.run([item], new AbortController().signal))[0]!
      }
      const seen = await run(1, 'archive', 'proof')
      expect(seen.outcome).to.deep.equal({ kind: 'returned', text: '["ran","from elsewhere","names"]' })
      const [effect] = seen.effects.filter(({ kind }) => kind === 'process')
      expect(effect!.frames.map(({ file, line }) => `${file}:${line}`)).to.deep.equal([
        '../../packages/run/run.cjs:2',
        '../../packages/jobs/lib/index.js:2',
        'src/handler.js:2',
      ])

      const explored = await run(2, 'efaaaaaaaaaaz', 'discover')
      expect(explored.compared.map(({ op, text, other }) => [op, text, other])).to.deep.include([
        '===',
        'efaaaaaaaaaaz',
        'archive',
      ])
      const { untaken } = (await session.coverage())!
      expect(untaken.map(({ file, condition, never }) => [file, condition, never])).to.deep.include([
        '../../packages/jobs/lib/index.js',
        "kind === 'archive'",
        'true',
      ])
    })
  }

  it("has modules of its own, and others' are none of them", () => {
    const repo = workspace()
    const from = path.join(repo, 'services/api/src')
    const own = (specifier: string, dir = from) => {
      const file = ownModule(dir, specifier)
      return file === undefined ? undefined : path.relative(repo, file)
    }
    const EXPECTED: readonly (readonly [specifier: string, file: string | undefined])[] = [
      ['./handler', 'services/api/src/handler.js'],
      ['./handler.js', 'services/api/src/handler.js'],
      ['./nope', undefined],
      ['@acme/jobs', 'packages/jobs/lib/index.js'],
      ['@acme/jobs/names', 'packages/jobs/names.js'],
      ['@acme/run', 'packages/run/run.cjs'],
      ['@acme/run/hidden', undefined],
      ['@acme/registry', undefined],
      ['elsewhere', '../elsewhere/main.js'],
      ['gone', undefined],
      ['node:fs', undefined],
      ['fs', undefined],
      ['/etc/passwd', undefined],
    ]
    for (const [specifier, file] of EXPECTED) expect(own(specifier), specifier).to.equal(file)
    expect(own('padded', path.join(repo, 'packages/jobs/lib'))).to.equal(undefined)
  })
})
