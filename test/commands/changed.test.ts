import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { changedSince } from '#src/commands/changed.js'
import { resolveTargets } from '#src/commands/targets.js'
import type { Target } from '#src/model/index.js'
import { eventfuzz } from './shop.js'

const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-changed-'))
const put = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
  writeFileSync(path.join(dir, name), text)
}
function git(...args: readonly string[]): void {
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.invalid', '-c', 'commit.gpgsign=false']
  const { status, stderr } = spawnSync('git', [...who, ...args], { cwd: dir, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}
const commit = (): void => {
  git('add', '-A')
  git('commit', '-qm', 'more')
}

const names = ['plain', 'shared', 'computed', 'alias', 'typed']
const config = {
  targets: names.map((name) => ({ id: name, file: `src/${name}.${name === 'typed' ? 'ts' : 'mjs'}`, events: ['sqs'] })),
}

describe('--changed', function () {
  this.timeout(60_000)
  let targets: readonly Target[]
  const changed = (ref = 'main'): string[] =>
    changedSince(ref, targets, dir).map(({ file }) => path.basename(file).split('.')[0]!)

  before(async () => {
    put('package.json', '{"type":"module"}')
    put('eventfuzz.config.json', JSON.stringify(config))
    put('src/plain.mjs', "import 'node:fs'\nexport const handler = async () => ({})\n")
    put('src/shared.mjs', "import { rate } from './lib/rate.js'\nexport const handler = async () => rate\n")
    put('src/computed.mjs', "export const handler = async ({ kind }) => (await import('./kinds/' + kind)).default\n")
    put('src/alias.mjs', "import { rate } from '@/lib/rate'\nexport const handler = async () => rate\n")
    put('src/typed.ts', "import { rate } from './lib/rate.js'\nexport const handler = async (): Promise<number> => rate\n")
    put('src/lib/rate.js', "export * from './table.js'\n")
    put('src/lib/table.ts', 'export const rate = 1\n')
    put('src/README.md', 'words')
    git('init', '-qb', 'main')
    commit()
    git('checkout', '-qb', 'work')
    const none = { events: [], policies: [], environment: {}, timeoutMs: undefined, memoryMb: undefined, runtime: undefined }
    targets = (await resolveTargets([], none, dir)).targets
  })
  afterEach(() => git('checkout', '-q', '.'))
  after(() => rmSync(dir, { recursive: true, force: true }))

  it('is nobody while nothing has changed, and such a run is green and says so', () => {
    expect(changed()).to.deep.equal([])
    const { status, stdout, stderr } = eventfuzz(dir, 'fuzz', '--changed', 'main', '--runs', '10')
    expect(status, stderr).to.equal(0)
    expect(stdout).to.match(/plain +nothing that it is made of has changed \(--changed main\)/)
  })

  const CHANGES: readonly (readonly [string, string, readonly string[]])[] = [
    ['a handler is it, and what may load any file', 'src/plain.mjs', ['plain', 'computed', 'alias']],
    ['a file is all who import it, by whatever way', 'src/lib/table.ts', ['shared', 'computed', 'alias', 'typed']],
    ['code that nobody imports is only who may load any file', 'src/kinds/new.mjs', ['computed', 'alias']],
    ['a lock file is everybody', 'package-lock.json', names],
    ['prose is nobody', 'src/README.md', []],
  ]
  for (const [what, file, expected] of CHANGES) {
    it(`${what}: ${file}, not yet committed and committed`, () => {
      put(file, '// changed\nexport const rate = 2\n')
      expect(changed()).to.deep.equal(expected)
      commit()
      expect(changed()).to.deep.equal(expected)
      git('reset', '-q', '--hard', 'main')
      git('clean', '-qfd')
    })
  }

  it('refuses what is no commit in one line, and takes no option of git for one', () => {
    for (const ref of ['nowhere', '--output=x', '-h', ''])
      expect(() => changed(ref), ref)
        .to.throw(/git knows no/)
        .with.property('name', 'ConfigError')
  })

  it('refuses a directory that is in no repository', () => {
    expect(() => changedSince('main', targets, os.tmpdir())).to.throw(/is in no git repository/)
  })
})
