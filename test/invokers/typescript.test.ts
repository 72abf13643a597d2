import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import * as esbuild from 'esbuild'
import { localInvoker } from '#src/invokers/local.js'
import type { Invoker, Observation } from '#src/model/index.js'
import { target } from './target-maker.js'

const RUN = `import { execSync } from 'node:child_process'
interface Job { readonly name: string }
export function run(job: Job): string {
  const command: string = 'index ' + job.name
  return execSync(command).toString()
}
`
const APP = (from: string) => `import { run } from '${from}'
enum Kind { Go = 'go' }
type Event = { readonly kind: Kind; readonly name: string }
export const handler = async (event: Event): Promise<string> => {
  if (event.name === 'fall') throw new TypeError('on line five')
  return event.kind === Kind.Go ? run(event) : 'idle'
}
`

function project(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-ts-'))
  for (const [name, text] of Object.entries({ 'package.json': '{}', ...files })) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    writeFileSync(path.join(dir, name), text)
  }
  return dir
}

/** Ways to lay out a handler in TypeScript: entry, files. */
const LAYOUTS: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ['without an extension', 'src/app.ts', { 'src/app.ts': APP('./run'), 'src/run.ts': RUN }],
  [
    'with the .js extension of ES modules',
    'src/app.ts',
    { 'package.json': '{"type":"module"}', 'src/app.ts': APP('./run.js'), 'src/run.ts': RUN },
  ],
  [
    'by a path of tsconfig.json',
    'src/app.ts',
    { 'tsconfig.json': '{"compilerOptions":{"paths":{"@own/*":["./src/*"]}}}', 'src/app.ts': APP('@own/run'), 'src/run.ts': RUN },
  ],
  ['as .mts', 'src/app.mts', { 'src/app.mts': APP('./run.mjs'), 'src/run.mts': RUN }],
  ['as .cts', 'src/app.cts', { 'src/app.cts': APP('./run.cjs'), 'src/run.cts': RUN }],
]

describe('a handler in TypeScript', function () {
  this.timeout(60_000)
  let invoker: Invoker
  before(async () => {
    invoker = await localInvoker({ node: process.execPath, sandbox: undefined })
  })
  after(() => invoker[Symbol.asyncDispose]())

  async function seen(dir: string, file: string): Promise<readonly Observation[]> {
    const opened = await invoker.open(target({ file: path.join(dir, file), root: dir, runtime: 'nodejs22.x' }))
    if (opened.kind !== 'open') throw new Error(`${opened.type}: ${opened.reason}`)
    await using session = opened.session
    const batch = [
      { kind: 'go', name: 'a' },
      { kind: 'go', name: 'fall' },
    ].map((event, n) => ({ n, text: JSON.stringify(event), mode: 'proof' as const, deadlineMs: 1_500 }))
    return await session.run(batch, new AbortController().signal)
  }

  for (const [what, entry, files] of LAYOUTS) {
    it(`is run from its sources, imported ${what}, and its lines are the user's`, async () => {
      const [ran, fell] = await seen(project(files), entry)
      const kind = path.extname(entry)
      expect(ran!.effects.map(({ kind: what, location }) => `${what} ${location?.file}:${location?.line}`)).to.deep.equal([
        `process src/run${kind}:5`,
      ])
      expect(ran!.effects[0]!.frames.map(({ file, line }) => `${file}:${line}`)).to.deep.equal([
        `src/run${kind}:5`,
        `src/app${kind}:6`,
      ])
      expect((fell!.outcome as { stack: string }).stack).to.match(new RegExp(`at .*src/app\\${kind}:5:\\d+`))
    })
  }

  it('takes a workspace package for the project’s own code', async () => {
    const dir = project({
      'app/package.json': '{}',
      'app/src/app.ts': APP('@acme/run'),
      'packages/run/index.ts': RUN,
      'packages/run/package.json': '{"name":"@acme/run","main":"index.ts"}',
    })
    mkdirSync(path.join(dir, 'node_modules/@acme'), { recursive: true })
    symlinkSync('../../packages/run', path.join(dir, 'node_modules/@acme/run'))
    const [ran] = await seen(path.join(dir, 'app'), 'src/app.ts')
    expect(ran!.effects[0]!.location).to.include({ file: '../packages/run/index.ts', line: 5 })
  })

  it('says in one line what does not compile, and where', async () => {
    const dir = project({ 'src/app.ts': 'export const handler = async () => {\n  const x: = 1\n}' })
    const opened = await invoker.open(target({ file: path.join(dir, 'src/app.ts'), root: dir }))
    expect(opened).to.include({ kind: 'not-loaded', type: 'Runtime.UserCodeSyntaxError' })
    expect((opened as { reason: string }).reason).to.match(/^It does not compile: .*\(src\/app\.ts:2\)$/)
    const missing = project({ 'src/app.ts': `import { x } from './nowhere'\nexport const handler = x` })
    const other = await invoker.open(target({ file: path.join(missing, 'src/app.ts'), root: missing }))
    expect((other as { reason: string }).reason).to.match(/nowhere.*\(src\/app\.ts:1\)/)
  })

  for (const [what, options, rewrite] of [
    ['bundled by esbuild, minified, map beside it', { minify: true, sourcemap: 'linked' }, (map: string) => map],
    ['bundled, map inside', { sourcemap: 'inline' }, undefined],
    [
      'named as webpack names sources',
      { minify: true, sourcemap: 'linked' },
      (map: string) => map.replaceAll('"../src/', '"webpack://app/./src/'),
    ],
  ] as const) {
    it(`is followed through a source map: ${what}`, async () => {
      const dir = project({
        'src/app.ts': APP('./run'),
        'src/run.ts': `import 'left-over'\n${RUN}`,
        'node_modules/left-over/index.js': 'globalThis.leftOver = 1',
      })
      await esbuild.build({
        entryPoints: [path.join(dir, 'src/app.ts')],
        outfile: path.join(dir, 'dist/app.js'),
        bundle: true,
        platform: 'node',
        format: 'cjs',
        ...options,
      })
      if (rewrite !== undefined) {
        const map = path.join(dir, 'dist/app.js.map')
        writeFileSync(map, rewrite(readFileSync(map, 'utf8')))
      }
      const [ran, fell] = await seen(dir, 'dist/app.js')
      expect(ran!.effects[0]!.location).to.include({ file: 'src/run.ts', line: 6 })
      expect((fell!.outcome as { stack: string }).stack).to.match(/src\/app\.ts:5:\d+/)
    })
  }

  it('is left as it is where its map is broken', async () => {
    const dir = project({
      'app.js': `exports.handler = async (event) => { require('node:child_process').execSync('x ' + event.name) }\n//# sourceMappingURL=app.js.map`,
      'app.js.map': '{"version":3,"sources":',
    })
    const [ran] = await seen(dir, 'app.js')
    expect(ran!.effects[0]!.location).to.include({ file: 'app.js', line: 1 })
  })
})
