import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'chai'
import { build } from 'esbuild'
import type { Finding } from '#src/model/index.js'
import { fuzzed, ROOT } from '../commands/shop.js'

const FIXTURES = path.join(ROOT, 'test/databases/fixtures')

/** A project of the twins, with the driver beside it or bundled in. */
async function projectOf(name: string, bundled: boolean): Promise<string> {
  const dir = path.join(ROOT, 'dist-test', `databases-${name}`)
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(path.join(dir, 'src'), { recursive: true })
  const targets = ['pg', 'mysql'].flatMap((driver) =>
    ['vulnerable', 'safe'].map((twin) => ({
      ...{ id: `${driver}-${twin}`, file: `src/${driver}.${bundled ? 'cjs' : 'mjs'}` },
      ...{ export: twin, events: ['apigw-v2'] },
    })),
  )
  writeFileSync(path.join(dir, 'eventfuzz.config.json'), JSON.stringify({ targets }))
  for (const driver of ['pg', 'mysql']) {
    cpSync(path.join(FIXTURES, `${driver}.mjs`), path.join(dir, 'src', `${driver}.mjs`))
    if (bundled) await bundle(path.join(dir, 'src', driver))
  }
  return dir
}

const bundle = (file: string) =>
  build({
    ...{ entryPoints: [`${file}.mjs`], outfile: `${file}.cjs`, bundle: true, platform: 'node', format: 'cjs' },
    ...{ minify: true, sourcemap: true, external: ['pg-native'], logLevel: 'silent' },
  })

const lineOf = (driver: string): number =>
  readFileSync(path.join(FIXTURES, `${driver}.mjs`), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes('${')) + 1

const WITH = ['--runs', '900', '--seed', '5', '--rules', 'sql-injection']

// Bundles take the long way: the file is read, and its literals are many. `npm run verify` tries both.
for (const bundled of process.env['EVERY_BUILD'] === '1' ? [false, true] : [true]) {
  describe(`statements of pg and mysql2, ${bundled ? 'bundled and minified' : 'from node_modules'}`, function () {
    this.timeout(110_000)
    let findings: readonly Finding[]
    before(async () => {
      const dir = await projectOf(bundled ? 'bundled' : 'plain', bundled)
      // Apart: a bundle holds so many literals that one function may use up what all may spend.
      findings = ['pg', 'mysql'].flatMap((driver) =>
        ['vulnerable', 'safe'].flatMap((twin) => fuzzed(dir, ...WITH, `${driver}-${twin}`).findings),
      )
    })

    for (const driver of ['pg', 'mysql']) {
      it(`finds what a text joined for ${driver} lets in, at the user's line`, () => {
        const found = findings.filter(({ target }) => target === `${driver}-vulnerable`)
        expect(found.map(({ rule, confidence }) => `${rule} ${confidence}`)).to.deep.equal(['sql-injection confirmed'])
        const { location } = found[0]!.sink!
        expect(location).to.include({ file: `src/${driver}.mjs`, line: lineOf(driver) })
      })
      it(`is silent where ${driver} binds the value`, () => {
        expect(findings.filter(({ target }) => target === `${driver}-safe`)).to.deep.equal([])
      })
    }
  })
}
