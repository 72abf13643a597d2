import { mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { localInvoker } from '#src/invokers/local.js'
import type { Execution, Invoker } from '#src/model/index.js'
import { target } from './target-maker.js'

const never = new AbortController().signal
const look = (n: number): Execution => ({ n, text: '{"kind":"a"}', mode: 'discover', deadlineMs: 3_000 })

describe('exploring', function () {
  this.timeout(60_000)
  let invoker: Invoker
  const warnings: string[] = []
  before(async () => {
    invoker = await localInvoker({
      node: process.execPath,
      sandbox: undefined,
      onWarning: (text) => void warnings.push(text),
    })
  })
  after(() => invoker[Symbol.asyncDispose]())

  async function opened(name: string, files: Readonly<Record<string, string>>) {
    const root = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-explorer-'))
    for (const [file, text] of Object.entries({ 'package.json': '{}', ...files })) writeFileSync(path.join(root, file), text)
    const made = await invoker.open(target({ id: name, file: path.join(root, name), root }))
    if (made.kind !== 'open') throw new Error(made.reason)
    return made.session
  }

  const LEFT: readonly (readonly [string, string, RegExp])[] = [
    ['that our parser does not know', 'exports.made = new.target', /^odd\.cjs cannot be parsed: /],
    ['that is too large', `exports.made = undefined // ${'x'.repeat(4_200_000)}`, /^odd\.cjs is larger than 4 MiB: /],
  ]
  for (const [what, text, warning] of LEFT)
    it(`runs a file ${what} as it is, names it, and counts in the others`, async () => {
      const code = "const odd = require('./odd.cjs'); exports.handler = async (e) => (e.kind === 'a' ? 'yes' : odd.made)"
      await using session = await opened('handler.cjs', { 'handler.cjs': code, 'odd.cjs': text })
      warnings.length = 0
      const [seen] = await session.run([look(1)], never)
      expect(seen!.outcome).to.deep.equal({ kind: 'returned', text: '"yes"' })
      expect(warnings.filter((one) => warning.test(one))).to.have.lengthOf(1)
      expect((await session.coverage())!.branches).to.deep.equal({ covered: 1, total: 2 })
    })

  it('tells which claims of a token are asked for, and what is looked for in its lists', async () => {
    const code = `exports.handler = async ({ token }) => {
      const { iss, aud } = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
      return [iss, aud.includes('shop'), new Set(aud).has('web')]
    }`
    await using session = await opened('handler.cjs', { 'handler.cjs': code })
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = `Bearer ${part({ alg: 'none' })}.${part({ aud: ['efaaaaaaaaaaz'] })}.`
    const [seen] = await session.run([{ ...look(1), text: JSON.stringify({ token }) }], never)
    expect(seen!.missing).to.include('/token#part2#base64#json/iss')
    const compared = ['shop', 'web'].map((other) => ({ text: 'efaaaaaaaaaaz', op: '===', other }))
    expect(seen!.compared).to.include.deep.members(compared)
  })

  it('goes on without counters in a function that does not live with them, and says so', async () => {
    const code = "export const handler = async () => { if (globalThis.__eventfuzz_hit__) process.exit(3); return 'alive' }"
    await using session = await opened('handler.mjs', { 'handler.mjs': code })
    warnings.length = 0
    const kinds: string[] = []
    for (let n = 1; n <= 4; n++) kinds.push((await session.run([look(n)], never))[0]!.outcome.kind)
    expect(kinds).to.deep.equal(['crashed', 'crashed', 'crashed', 'returned'])
    expect(warnings.filter((one) => one.includes('does not run with counters'))).to.have.lengthOf(1)
    expect(await session.coverage()).to.equal(undefined)
  })
})
