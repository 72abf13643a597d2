import { expect } from 'chai'
import { leavesShellWord } from '#src/oracles/lexers/shell.js'
import { type Matrix, matrix, size } from './matrix.js'

/** Written by hand from the POSIX shell language; brace expansion as bash has it. */
const SHELL: Matrix = {
  contexts: [
    'ls ·',
    "ls '·'",
    'ls "·"',
    'ls a/·.jpg',
    'echo $(ls ·)',
    'echo "$(ls \'·\')"',
    'cat <<EOF\n·\nEOF',
    "cat <<'EOF'\n·\nEOF",
    'ls # ·',
    "X='·' ls",
    "ls $'·'",
    "echo `ls '·'`",
  ],
  rows: [
    ['x', 'dddddddddddd'],
    ['x y', 'LddLLddddddd'],
    [';', 'LddLLddddddd'],
    ["'", 'LLdLLLdddLLL'],
    ['"', 'LdLLLddddddd'],
    ['$(id)', 'LdLLLdLddddd'],
    ['`id`', 'LdLLLdLddddL'],
    ['\\', 'dddddddddddd'],
    ['$HOME', 'LdLLLdLddddd'],
    ['${HOME}', 'LdLLLdLddddd'],
    ['\n', 'LddLLdddLddd'],
    ["'\\''", 'LddLLddddddd'],
    ["\\'", 'dLdddLdddLdL'],
    ['{a,b}', 'LddLLddddddd'],
    ['*', 'dddddddddddd'],
    ['&&', 'LddLLddddddd'],
    ['<f', 'LddLLddddddd'],
    ['a#b', 'dddddddddddd'],
    [' # ', 'LddLLddddddd'],
    ['\nEOF\n', 'LddLLdLLLddd'],
    ['";"', 'ddLddddddddd'],
    ['$((1))', 'LdLLLdLddddd'],
    [')', 'LddLLddddddd'],
    ["\\\\'", 'LLdLLLdddLLL'],
    ['~', 'dddddddddddd'],
    ['!', 'dddddddddddd'],
    ['%s', 'dddddddddddd'],
    ['é', 'dddddddddddd'],
  ],
}

describe('the table of shell commands', () => {
  it('is large', () => expect(size(SHELL)).to.be.at.least(150))
  matrix(SHELL, leavesShellWord)
})
