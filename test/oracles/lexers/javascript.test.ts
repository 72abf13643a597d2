import { expect } from 'chai'
import { leavesJavaScriptToken } from '#src/oracles/lexers/javascript.js'
import { verdictsOnAnything } from './anything.js'
import { type Row, table } from './marked.js'

const ROWS: readonly Row[] = [
  ["f('«x»')", 'data'],
  ["f('«x; y() // z \" ` ${a}»')", 'data'],
  ["f('«it\\'s»')", 'data'],
  ["f('«\\\\»')", 'data'],
  ["f('«\\\\'»')", 'leaves'],
  ["f('«');y('»')", 'leaves'],
  ["f('«'+y+'»')", 'leaves'],
  ["f('«'»')", 'leaves'],
  ["f('«a\nb»')", 'leaves'],
  ["f('«a\\\nb»')", 'data'],
  ["f('«a\u2028b»')", 'data'],
  ['f("«it\'s»")', 'data'],
  ['f("«\\"x\\"»")', 'data'],
  ['f("«"+y+"»")', 'leaves'],
  ['f(`«a "b" \'c\' d»`)', 'data'],
  ['f(`«a\nb»`)', 'data'],
  ['f(`«${y}»`)', 'leaves'],
  ['f(`«\\${y}»`)', 'data'],
  ['f(`«$ {y}»`)', 'data'],
  ['f(`«`+y+`»`)', 'leaves'],
  ['f(`«\\`»`)', 'data'],
  ['f(`${g("«a b»")}`)', 'data'],
  ['f(`${g(«a b»)}`)', 'leaves'],
  ['f(`${a} «b c»`)', 'data'],
  ['f(«x»)', 'data'],
  ['f(«x_$1»)', 'data'],
  ['f(«é»)', 'data'],
  ['a.«x»', 'data'],
  ['a[«x»]', 'data'],
  ['f(«x.y»)', 'leaves'],
  ['f(«x y»)', 'leaves'],
  ['f(«x,y»)', 'leaves'],
  ['f(«x)»)', 'leaves'],
  ['f(«x+1»)', 'leaves'],
  ['f(«x/**/»)', 'leaves'],
  ['f(«x\ny»)', 'leaves'],
  ['/* «x; y» */ f()', 'data'],
  ['f(/* «x; y» */ 1)', 'data'],
  ['f(/* «x */ y /*» */ 1)', 'leaves'],
  ['f() // «x; y»', 'data'],
  ['f() // «x\ny()»', 'leaves'],
  ["// it's\nf('«x y»')", 'data'],
  ['f(/«a.b*»/.test(x))', 'data'],
  ['f(/«a(b»/.test(x))', 'data'],
  ['f(/«a\\/b»/.test(x))', 'data'],
  ['f(/[«a/b»]/.test(x))', 'data'],
  ['f(/«a/b»/.test(x))', 'leaves'],
  ['a / b / «c»', 'data'],
  ['({"a": "«x y»"})', 'data'],
  ['({"a": "«x", "b": "y»"})', 'leaves'],
  ["f('\\01', '«x y»')", 'data'],
  ["f(010, '«x y»')", 'data'],
  ['return "«x y»"', 'data'],
  ['await f("«x y»")', 'data'],
  ['@ "«x y»"', 'data'],
  ['f("«x y»" @', 'data'],
  ['function anonymous(a,b\n) {\nreturn "«a b»"\n}', 'data'],
  ['function anonymous(a,b\n) {\nreturn «a;b»\n}', 'leaves'],
]

describe('leavesJavaScriptToken', () => {
  table(ROWS, leavesJavaScriptToken)
  it('judges any text at all without an exception', () => {
    expect(new Set(verdictsOnAnything(leavesJavaScriptToken))).to.deep.equal(new Set([true, false]))
  })
})
