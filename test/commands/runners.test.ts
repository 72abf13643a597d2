import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { THOROUGH } from '../thorough.js'
import { ROOT } from './shop.js'

/** Installed by its own lock file (npm ci in test/runners), since it is large. */
const RUNNERS = path.join(ROOT, 'test/runners/node_modules')
const dir = path.join(ROOT, 'dist-test', `runners-${process.pid}`)
const put = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
  writeFileSync(path.join(dir, name), text)
}

const HANDLERS = `import { exec, execFile } from 'node:child_process'
import { promisify } from 'node:util'
const [shell, program] = [promisify(exec), promisify(execFile)]
const each = (print) => async ({ Records }) => {
  for (const { body } of Records) await print(body)
  return { batchItemFailures: [] }
}
export const bad = each((body) => shell('lpr -T ' + body))
export const good = each((body) => program('lpr', ['-T', '--', body]))
`
const TESTS = `
const options = { event: 'sqs', runs: 60, seed: 7, rules: ['command-injection'] }
test('bad', async () => { await fuzzHandler('src/print.mjs#bad', options) }, 60_000)
test('good', async () => { await fuzzHandler('src/print.mjs#good', options) }, 60_000)
`
const TYPED = TESTS.replace('const options', 'const options: FuzzHandlerOptions')
// What people use for TypeScript in jest does the same: types go, imports become require.
const TRANSFORM = `const { transformSync } = require('esbuild')
module.exports = { process: (text, sourcefile) => transformSync(text, { loader: 'ts', format: 'cjs', sourcefile }) }
`
const JEST = `module.exports = {
  testMatch: ['**/jest/*'], moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json'], transform: { '\\\\.ts$': './transform.cjs' }, watchman: false,
}
`
const jest = (...flags: readonly string[]) => [...flags, path.join(RUNNERS, 'jest/bin/jest.js')]
const vitest = () => [path.join(RUNNERS, 'vitest/vitest.mjs'), 'run']

// runner, file, its first line, the rest, command
const CASES: readonly (readonly [string, string, string, string, readonly string[]])[] = [
  ['jest, CommonJS', 'jest/common.js', "const { fuzzHandler } = require('eventfuzz/assert')", TESTS, jest()],
  ['jest, TypeScript', 'jest/typed.ts', "import { fuzzHandler, type FuzzHandlerOptions } from 'eventfuzz/assert'", TYPED, jest()],
  ['jest, ESM', 'jest/module.mjs', "import { fuzzHandler } from 'eventfuzz/assert'", TESTS, jest('--experimental-vm-modules')],
  [
    'vitest, ESM',
    'vitest/module.test.mjs',
    "import { test } from 'vitest'\nimport { fuzzHandler } from 'eventfuzz/assert'",
    TESTS,
    vitest(),
  ],
  [
    'vitest, TypeScript',
    'vitest/typed.test.ts',
    "import { test } from 'vitest'\nimport { fuzzHandler, type FuzzHandlerOptions } from 'eventfuzz/assert'",
    TYPED,
    vitest(),
  ],
]

const described = existsSync(RUNNERS) && THOROUGH ? describe : describe.skip
described('eventfuzz/assert in other test runners (takes long: THOROUGH=1 npm test)', function () {
  this.timeout(120_000)
  before(() => {
    put('package.json', '{ "private": true }')
    // A package of its own: else all of this would be the function's.
    put('src/package.json', '{}')
    put('src/print.mjs', HANDLERS)
    put('transform.cjs', TRANSFORM)
    put('jest.config.cjs', JEST)
    mkdirSync(path.join(dir, 'node_modules'))
    symlinkSync(ROOT, path.join(dir, 'node_modules/eventfuzz'))
    symlinkSync(path.join(RUNNERS, 'vitest'), path.join(dir, 'node_modules/vitest'))
    for (const [, file, head, tests] of CASES) put(file, `${head}\n${tests}`)
  })
  after(() => rmSync(dir, { recursive: true, force: true }))

  for (const [runner, file, , , command] of CASES) {
    it(`${runner}: fails with the finding, and passes where there is none`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [...command, file], {
        cwd: dir,
        encoding: 'utf8',
        timeout: 100_000,
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
      })
      const told = stdout + stderr
      expect(status, told).to.equal(1)
      expect(told).to.match(/1 failed.*1 passed/)
      expect(told).to.include('1 finding with seed 7').and.include('replay    npx eventfuzz replay ')
      expect(told, 'the line that called').to.match(new RegExp(`${path.basename(file).replaceAll('.', '\\.')}:\\d+:\\d+`))
    })
  }
})
