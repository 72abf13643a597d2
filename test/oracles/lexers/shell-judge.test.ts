import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import fc from 'fast-check'
import { leavesShellWord } from '#src/oracles/lexers/shell.js'
import { THOROUGH } from '../../thorough.js'
import { HEAD, TAIL } from './marked.js'

/** Letters that no command is named after, and every sign that means something to a shell. No slash: nothing can be named by path. */
const SIGNS = [...'qw01;&|<>(){}[]$`\'"\\#*?~!=,.%^@+-: \t\né']
const payload = fc.array(fc.constantFrom(...SIGNS), { maxLength: 12 }).map((signs) => signs.join(''))

/** How handlers put a value into a command line; `right` ones are right for any value. */
const QUOTINGS: Readonly<Record<string, { readonly right: boolean; readonly quote: (value: string) => string }>> = {
  'single quotes, escaped': { right: true, quote: (value) => `'${value.replaceAll("'", "'\\''")}'` },
  'single quotes, escaped by double quotes': { right: true, quote: (value) => `'${value.replaceAll("'", `'"'"'`)}'` },
  'double quotes, escaped': { right: true, quote: (value) => `"${value.replace(/[$`"\\]/g, '\\$&')}"` },
  backslashes: { right: true, quote: (value) => value.replace(/[^\w\n]/g, '\\$&').replaceAll('\n', "'\n'") },
  none: { right: false, quote: (value) => value },
  'single quotes': { right: false, quote: (value) => `'${value}'` },
  'double quotes': { right: false, quote: (value) => `"${value}"` },
  'JSON.stringify': { right: false, quote: (value) => JSON.stringify(value) },
  'quotes only escaped': { right: false, quote: (value) => `"${value.replaceAll('"', '\\"')}"` },
  'single quotes with backslashes': { right: false, quote: (value) => `'${value.replaceAll("'", "\\'")}'` },
  'double quotes in a substitution': { right: false, quote: (value) => `"$(printf %s "${value}")"` },
}

const PRINT = `printf '%s\\0' `

describe('leavesShellWord before the real sh', () => {
  let empty = ''
  before(() => {
    empty = mkdtempSync(join(tmpdir(), 'eventfuzz-sh-'))
  })
  after(() => rmSync(empty, { recursive: true }))

  // No PATH, an empty directory, no slash: whatever got out could only print or make an oddly named file there.
  function words(command: string): { readonly status: number | null; readonly args: readonly string[] } {
    const { status, stdout } = spawnSync('/bin/sh', ['-c', PRINT + command], {
      cwd: empty,
      env: { PATH: '/nonexistent' },
      timeout: 5_000,
    })
    return { status, args: stdout.toString('utf8').split('\0').slice(0, -1) }
  }

  for (const [name, { right, quote }] of Object.entries(QUOTINGS)) {
    it(`${name}: what the lexer calls data is one argument`, () => {
      fc.assert(
        fc.property(payload, (text) => {
          const value = HEAD + text + TAIL
          const quoted = quote(value)
          const whole = PRINT + quoted
          const leaves = leavesShellWord(whole, { start: whole.indexOf(HEAD), end: whole.indexOf(TAIL) + TAIL.length })
          if (right) expect(leaves, 'a right quoting').to.equal(false)
          if (leaves) return
          const { args } = words(quoted)
          expect(args).to.have.lengthOf(1)
          // Quotes and backslashes that the handler did not escape are taken away by the shell; all else must come through.
          if (right || !/['"\\\n\t]/.test(text)) expect(args[0]).to.equal(value)
          else expect(args[0]).to.match(new RegExp(`^${HEAD}[^]*${TAIL}$`))
        }),
        { numRuns: THOROUGH ? 150 : 40, seed: 20_26 },
      )
    }).timeout(20_000)
  }

  it('calls what a shell would run code', () => {
    for (const text of [';:;', '$(:)', '`:`', '|:', '&&:', '\n:\n', '";:;"', '>q', ';:']) {
      for (const quote of [QUOTINGS['none']!.quote, QUOTINGS['double quotes']!.quote]) {
        const quoted = quote(HEAD + text + TAIL)
        const { args } = words(quoted)
        const same = args.length === 1 && args[0] === HEAD + text.replaceAll('"', '') + TAIL
        const leaves = leavesShellWord(quoted, { start: quoted.indexOf(HEAD), end: quoted.indexOf(TAIL) + TAIL.length })
        expect(leaves, JSON.stringify(quoted)).to.equal(!same)
      }
    }
  })
})
