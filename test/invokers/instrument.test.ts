import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { parse } from 'acorn'
import { expect } from 'chai'
import { instrument } from '#src/invokers/instrument.js'
import { ROOT } from '../commands/shop.js'

/** What instrumented code calls, telling nothing. */
const SHIM = `
globalThis.__eventfuzz_compare__ = (op, a, b) => ({
  '===': () => a === b, '!==': () => a !== b, '==': () => a == b, '!=': () => a != b,
  '<': () => a < b, '>': () => a > b, '<=': () => a <= b, '>=': () => a >= b, in: () => a in b })[op]()
globalThis.__eventfuzz_switch__ = (value) => value
globalThis.__eventfuzz_key__ = (table, key) => key
`

/** Programs whose value must stay what it is. */
const PROGRAMS: readonly string[] = [
  '1 === 1',
  '1 /* === */ === /* !== */ 2',
  '(1) < (2)',
  '((1)) <= ((2)) === true',
  '1 < 2 === true !== false',
  "'a' in { a: 1 } && !('b' in { a: 1 })",
  'let n = 0; const f = () => ++n; f() < f() && f() === 3 ? n : -1',
  "const t = { a: () => 'A', b() { return this.a() } }; const k = 'b'; t[k]()",
  "const t = { a: 1 }; const k = 'a'; t[k] += 2; t[k]++; t['a']",
  "const s = (x) => { switch (x) { case 'a': return 1; case 'b': return 2; default: return 3 } }; [s('a'), s('b'), s('c')].join()",
  'const s = (x) => { switch ((x)) { case 1: return 1; case x + 0: return 2 } }; [s(1), s(5)].join()',
  'const a = [1, 2, 3]; let sum = 0; for (let i = 0; i < a.length; i++) sum += a[i]; sum',
  "const o = { x: { y: 3 } }; const k = 'y'; o.x[k] === 3 ? o?.x?.[k] : 0",
  "`${1 === 1 ? `${2 > 1}` : ''}`",
  'const f = (a = 1 === 1, { b = 2 > 3 } = {}) => [a, b].join(); f()',
  'class A { #p = 1; has(o) { return #p in o } } ; new A().has(new A()) === true',
  'null == undefined && NaN !== NaN',
  '[3, 1, 2].sort((a, b) => (a < b ? -1 : 1)).join() // a === b',
]

describe('instrumented code', () => {
  for (const program of PROGRAMS) {
    it(`means the same: ${program.slice(0, 60)}`, () => {
      const run = (code: string): unknown => vm.runInNewContext(`${SHIM};\n${code}`)
      const made = instrument(program)
      expect(run(made ?? program)).to.deep.equal(run(program))
    })
  }

  it('is told every comparison, also those inside each other', () => {
    expect(instrument('(a === b) === (c < d)')!.match(/__eventfuzz_compare__/g)).to.have.lengthOf(3)
    expect(instrument("t[k]; switch (x) { case 'a': }")).to.match(/__eventfuzz_key__\(t,k\).*__eventfuzz_switch__\(x,\['a'\]\)/)
  })

  it('is left alone where there is nothing to tell, or nothing that parses', () => {
    expect(instrument('const a = 1')).to.equal(undefined)
    expect(instrument('if (a === {')).to.equal(undefined)
  })

  it('parses and keeps its lines, in the code of others', () => {
    let files = 0
    for (const dir of ['node_modules/pg/lib', 'node_modules/mysql2/lib', 'node_modules/acorn/dist', 'examples/shop/src']) {
      for (const name of readdirSync(path.join(ROOT, dir)).filter((one) => /\.m?js$/.test(one))) {
        const code = readFileSync(path.join(ROOT, dir, name), 'utf8')
        const made = instrument(code)
        if (made === undefined) continue
        files++
        const sourceType = /^\s*(?:import|export)\s/m.test(code) ? 'module' : 'script'
        expect(() => parse(made, { ecmaVersion: 'latest', sourceType, allowReturnOutsideFunction: true }), name).not.to.throw()
        expect(made.split('\n').length, name).to.equal(code.split('\n').length)
      }
    }
    expect(files).to.be.greaterThan(25)
  })
})
