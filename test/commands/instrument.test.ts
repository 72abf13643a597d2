import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { eventfuzz, fuzzed, keys, ROOT } from './shop.js'

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{"type":"commonjs","dependencies":{"my-router":"1","@stored/guard":"1"}}',
  'handler.js': `const { execSync } = require('node:child_process')
    const { guarded } = require('@stored/guard')
    exports.handler = async (event) => require('my-router').route(event, {
      run: (name) => execSync('echo ' + name),
      guarded: () => guarded(event.headers, (name) => execSync('ls ' + name)),
    }) ?? { statusCode: 404 }`,
  'node_modules/my-router/package.json': '{"name":"my-router","exports":{".":"./lib/index.cjs"}}',
  'node_modules/my-router/lib/index.cjs': `const { wanted } = require('tokens')
    exports.route = ({ rawPath, headers }, table) => {
      if (rawPath === '/internal/' + 'jobs' && require('./begins.cjs')(headers['x-job'])) table.run(headers['x-job'])
      if (headers['x-mode'] === wanted) table.guarded()
    }`,
  'node_modules/my-router/lib/begins.cjs': "module.exports = (name) => String(name).startsWith('job' + '-')",
  'node_modules/my-router/test/broken.js': 'this is no code',
  'node_modules/my-router/node_modules/tokens/index.js': "exports.wanted = 'guar' + 'ded'",
  'node_modules/unreadable/index.js': 'this is no code',
  // As pnpm lays packages out: what one needs stands beside it in the store.
  'node_modules/.store/guard/node_modules/@stored/guard/index.js': `exports.guarded = ({ 'x-level': level, 'x-name': name }, run) => {
      if (level === require('levels').highest) run(name)
    }`,
  'node_modules/.store/guard/node_modules/levels/index.js': "exports.highest = 'hi' + 'ghest'",
}

/** A function whose packages decide what of it runs. */
function project(name: string): string {
  const dir = path.join(ROOT, 'dist-test', `instrument-${name}`)
  rmSync(dir, { recursive: true, force: true })
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true })
    writeFileSync(path.join(dir, file), text)
  }
  mkdirSync(path.join(dir, 'node_modules/@stored'))
  symlinkSync('../.store/guard/node_modules/@stored/guard', path.join(dir, 'node_modules/@stored/guard'))
  return dir
}

const FUZZ = ['handler.js', '--event', 'apigw-v2', '--runs', '600', '--seed', '1', '--rules', 'command-injection']

describe('conditions in packages', function () {
  this.timeout(240_000)

  it('stay closed where nobody asked to look into the package', () => {
    expect(keys(fuzzed(project('not'), ...FUZZ))).to.deep.equal([])
  })

  it('are answered in packages that --instrument names, one behind the other and in a store of links', () => {
    const report = fuzzed(project('asked'), ...FUZZ, '--instrument', 'my-router', '--instrument', '@stored/guard')
    expect(report.findings.map(({ rule, sink }) => `${rule} ${sink?.location?.file}:${sink?.location?.line}`)).to.have.members([
      'command-injection handler.js:4',
      'command-injection handler.js:5',
    ])
    // What was reached in a package is none of the function's own lines.
    expect(report.targets[0]!.coverage.lines).to.deep.equal({ covered: 3, total: 3 })
  })

  it('are answered in packages that the configuration names', () => {
    const dir = project('configured')
    const instrument = ['my-router']
    writeFileSync(path.join(dir, 'eventfuzz.config.json'), JSON.stringify({ functions: { '*': { instrument } } }))
    expect(keys(fuzzed(dir, ...FUZZ))).to.deep.equal(['command-injection in handler.js'])
  })

  it('are no reason to stop where a package is not there or cannot be read, and are told in a line each', () => {
    const dir = project('missing')
    const named = ['missing', 'unreadable', 'unreadable'].flatMap((name) => ['--instrument', name])
    const { stderr, status } = eventfuzz(dir, 'fuzz', ...FUZZ.slice(0, 3), '--runs', '30', ...named)
    expect(status).to.equal(0)
    expect(stderr.split('\n').filter((line) => line.includes('is not instrumented'))).to.have.lengthOf(2)
    expect(stderr).to.match(/missing is not instrumented for handler\.js: it is in no node_modules of the function/)
    expect(stderr).to.match(
      /unreadable is not instrumented for handler\.js: its file node_modules\/unreadable\/index\.js cannot be parsed/,
    )
    expect(eventfuzz(dir, 'fuzz', ...FUZZ, '--instrument', '../up').stderr).to.match(/^eventfuzz: --instrument takes the name/)
  })
})
