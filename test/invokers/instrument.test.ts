import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import vm from 'node:vm'
import { parse } from 'acorn'
import { expect } from 'chai'
import { instrument } from '#src/invokers/instrument.js'
import { ROOT } from '../commands/shop.js'
import { SHIM } from './instrument-shim.js'

const COUNTING = `${SHIM}
globalThis.hits = new Set()
globalThis.__eventfuzz_hit__ = (id) => { hits.add(id) }
globalThis.__eventfuzz_branch__ = (id, value) => { hits.add(value ? id : id + 1); return value }
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
  "typeof missing === 'undefined' ? typeof (1) === 'number' : 0",
  "const s = { parse(x) { return this.k + x }, k: 'k', validate: (a, b) => a + b }; s.parse('a') + s.validate(1, 2)",
  "const validate = (...all) => all.length; validate('a') + validate(...[1, 2])",
  "const s = undefined; let r; try { s.parse('a') } catch (e) { r = e.constructor.name } r",
  "const q = null; q?.parse('a') === undefined && q?.a.parse('b')",
  "let out = ''; outer: for (const a of [1, 2]) for (const b of [1, 2]) { if (b === 2) continue outer; out += a } out",
  'let i = 0; do i++; while (i < 3) i',
  'let a = 0, b = 0; if ((a++, b)) a = 9; else if (a) b = 2; else b = 3; [a, b].join()',
  "function f() { 'use strict'; return this } f() === undefined",
  'const f = () => ({ a: 1 }), g = async () => 1, h = function* () { yield 1 }; [f().a, [...h()].length].join()',
  "const s = (x) => { switch (x) { case 1: case 2: { let y = 3; return y } default: return 'd' } }; [s(1), s(2), s(3)].join()",
  'let x = 1\nconst y = x\n++x\n;[x, y].join()',
  'label: { if (1) break label } for (let i = 0, n = 2; i < n; i++) ; var z = 5; z',
  'class A extends (class { constructor() { this.b = 1 } }) { c = (() => 2)(); constructor() { super(); this.d = 3 } static { A.e = 4 } } const o = new A(); [o.b, o.c, o.d, A.e].join()',
  'const f=(a)=>{switch(a){case"x":return"y"===a?1:2;default:return"x"===a}};f("x")+f("y")',
  'let n=0;for(const a of[1,2])if("b"in{b:1})n+=typeof"c"==="string"?a:0;n',
  'const x = null ?? (0 || (false && 1)); String(x)',
]

describe('instrumented code', () => {
  for (const program of PROGRAMS) {
    it(`means the same: ${program.slice(0, 60)}`, () => {
      const run = (code: string): unknown => vm.runInNewContext(`${COUNTING};\n${code}`)
      const made = instrument(program)
      expect(run(made!.text)).to.deep.equal(run(program))
    })
  }

  it('tells every place of the code from every other, in all files', () => {
    const placesIn = (code: string, first: number) => [...instrument(code, first)!.text.matchAll(/,(\d+)\)/g)].map(([, at]) => at)
    const places = [...placesIn('a === b; a === b', 0), ...placesIn('a === b; a === b', 7)]
    expect(new Set(places)).to.have.lengthOf(4)
  })

  it('is told every comparison, also those inside each other', () => {
    expect(instrument('(a === b) === (c < d)')!.text.match(/__eventfuzz_compare__/g)).to.have.lengthOf(3)
    expect(instrument("t[k]; switch (x) { case 'a': }")!.text).to.match(
      /__eventfuzz_key__\(t,k\).*__eventfuzz_switch__\(x,\['a'\],\d+\)/,
    )
  })

  it('is left alone where it does not parse', () => {
    expect(instrument('if (a === {')).to.equal(undefined)
  })

  it('counts functions, statements, and the ways of conditions', () => {
    const made = instrument(`function once(a) {
  if (a > 1) return 'more'
  const b = a === 0 ? 'none' : 'one'
  switch (b) { case 'none': return 0
    case 'one': return 1 }
}
function never() { return 1 }
once(1)`)!
    const hits = vm.runInNewContext(`${COUNTING};\n${made.text};\n[...hits]`) as number[]
    const shown = made.sites.map(({ kind, line, id, text }) =>
      kind === 'branch'
        ? `${line} ${text} ${[hits.includes(id) && 'true', hits.includes(id + 1) && 'false'].filter(Boolean).join()}`
        : `${line} ${kind} ${hits.includes(id)}`,
    )
    expect(shown.sort()).to.deep.equal(
      [
        '1 function true',
        '2 a > 1 false',
        '2 statement false',
        '2 statement true',
        '3 a === 0 false',
        '3 statement true',
        '4 case false',
        '4 statement false',
        '4 statement true',
        '5 case true',
        '5 statement true',
        '7 function false',
        '7 statement false',
        '8 statement true',
      ].sort(),
    )
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
        expect(
          () => parse(made.text, { ecmaVersion: 'latest', sourceType, allowReturnOutsideFunction: true }),
          name,
        ).not.to.throw()
        expect(made.text.split('\n').length, name).to.equal(code.split('\n').length)
      }
    }
    expect(files).to.be.greaterThan(25)
  })
})
