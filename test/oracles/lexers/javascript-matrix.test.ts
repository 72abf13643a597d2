import { expect } from 'chai'
import { leavesJavaScriptToken } from '#src/oracles/lexers/javascript.js'
import { type Matrix, matrix, size } from './matrix.js'

/** By hand, from ECMA-262 with Annex B: what eval and Function read is a script. */
const JAVASCRIPT: Matrix = {
  contexts: [
    'f(·)',
    "f('·')",
    'f("·")',
    'f(`·`)',
    'x = ·;',
    '// ·\n1',
    '/* · */ 1',
    '/·/.test(x)',
    "({ a: '·' })",
    'x.· = 1',
    "'a' + \"·\" + 'b'",
  ],
  rows: [
    ['x', 'ddddddddddd'],
    ['1', 'ddddddddddd'],
    ['$', 'ddddddddddd'],
    [' y', 'LdddLddddLd'],
    [';', 'LdddLddddLd'],
    ["'", 'LLddLdddLLd'],
    ['"', 'LdLdLddddLL'],
    ['`', 'LddLLddddLd'],
    ['${x}', 'LddLLddddLd'],
    ["\\'", 'LdddLddddLd'],
    ["\\\\'", 'LLddLdddLLd'],
    ['\n', 'LLLdLLdLLLL'],
    ['*/', 'LdddLdLLdLd'],
    ['/', 'LdddLddLdLd'],
    ['[', 'LdddLddLdLd'],
    ['\\u0041', 'ddddddddddd'],
    ['\u2028', 'LdddLLdLdLd'],
    ['+globalThis.x+', 'LdddLddddLd'],
    ['-->', 'LdddLddddLd'],
    ['<!--', 'LdddLddddLd'],
    ['é', 'ddddddddddd'],
  ],
}

describe('the table of JavaScript sources', () => {
  it('is large', () => expect(size(JAVASCRIPT)).to.be.at.least(150))
  matrix(JAVASCRIPT, leavesJavaScriptToken)
})
