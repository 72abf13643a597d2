import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { build, type Format } from 'esbuild'
import { localInvoker } from '#src/invokers/local.js'
import type { Observation } from '#src/model/index.js'
import { HANDLERS, target } from '../invokers/target-maker.js'

const CANARY = 'efaaaaaaaaaaz'
const SOURCE = path.join(HANDLERS, 'ways/ways.mjs')

const HERE = 'var here = require("node:url").pathToFileURL(__filename).href;'

const bundled = (format: Format, minify: boolean) => async (outfile: string) => {
  const cjs = format === 'cjs'
  await build({
    entryPoints: [SOURCE],
    bundle: true,
    platform: 'node',
    format,
    minify,
    outfile,
    logLevel: 'silent',
    ...(cjs && { banner: { js: HERE }, define: { 'import.meta.url': 'here' } }),
  })
}

/** How a handler reaches Node's modules in its package. */
const PACKED: readonly (readonly [how: string, file: string, make: (out: string) => Promise<void>])[] = [
  ['as written, ESM', 'ways.mjs', async (out) => cpSync(SOURCE, out)],
  ['as TypeScript', 'ways.mts', async (out) => cpSync(SOURCE, out)],
  ['bundled, ESM', 'app.mjs', bundled('esm', false)],
  ['bundled, CJS', 'app.cjs', bundled('cjs', false)],
  ['bundled and minified, CJS', 'min.cjs', bundled('cjs', true)],
]

describe('every way to a sink is seen', function () {
  this.timeout(60_000)
  let dir = ''
  let names: readonly string[] = []
  before(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-ways-'))
    const { ways } = (await import(SOURCE)) as { ways: Readonly<Record<string, unknown>> }
    names = Object.keys(ways)
  })
  after(() => rmSync(dir, { recursive: true }))

  for (const [how, file, make] of PACKED) {
    it(how, async () => {
      await make(path.join(dir, file))
      await using invoker = await localInvoker({ node: process.execPath, sandbox: undefined, executeSinks: false })
      const opened = await invoker.open(target({ file: path.join(dir, file), root: dir }))
      if (opened.kind !== 'open') throw new Error(opened.reason)
      await using session = opened.session
      const batch = names.map((way, i) => ({
        n: i + 1,
        text: JSON.stringify({ way, x: CANARY }),
        mode: 'proof' as const,
        deadlineMs: 5_000,
      }))
      const seen = await session.run(batch, new AbortController().signal)
      const blind = names.filter((name, i) => !kindsOf(seen[i]!).has(name.split(' ')[0]!))
      expect(blind).to.deep.equal([])
    })
  }
})

const kindsOf = ({ effects }: Observation): ReadonlySet<string> =>
  new Set(effects.filter((effect) => JSON.stringify(effect).includes(CANARY)).map(({ kind }) => kind))
