import { expect } from 'chai'
import { reporters } from '#src/report/index.js'
import { renderText } from '#src/report/text.js'
import { visible } from '#src/report/visible.js'
import { MARKUP_ATTACKS, TERMINAL_ATTACKS } from './attack-strings.js'
import { canonicalReport } from './canonical-report.js'
import { withEveryString } from './with-every-string.js'

// Written apart from visible.ts, by naming ranges instead of properties: two ways to say what must not come through.
const UNSEEN =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points are meant, combined or not
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}\u{f0000}-\u{10ffff}]/u
const OBEYED = /^\s*::[a-z]|##\w*\[/im

// Names of tests are printed too.
const inAscii = (text: string): string =>
  JSON.stringify(text)
    .replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)
    .replace(/##/g, '# #')

describe('visible', () => {
  const table: readonly (readonly [string, string])[] = [
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['\u009b31m', '\\u{9b}31m'],
    ['a\r\nb', 'a\\u{d}\\u{a}b'],
    ['\u202Efdp', '\\u{202e}fdp'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800x', '\\u{d800}x'],
    ['::error::x', '\\u{3a}:error::x'],
    ['##[error]x', '#\\u{23}[error]x'],
    ['z\u0301\u0301\u0301\u0301\u0301', 'z\u0301\u0301\u0301\u0301\\u{301}'],
  ]
  for (const [text, shown] of table) it(`shows ${inAscii(text)} as ${shown}`, () => expect(visible(text)).to.equal(shown))

  for (const attack of TERMINAL_ATTACKS) {
    it(`makes ${inAscii(attack)} harmless`, () => {
      const shown = visible(attack)
      expect(shown).to.not.match(UNSEEN)
      expect(shown).to.not.match(OBEYED)
      expect(shown).to.not.equal(attack)
      expect(visible(shown), 'shown twice').to.equal(shown)
    })
  }

  it('leaves honest text as it is', () => {
    for (const text of [
      '',
      'npx eventfuzz replay 9f3c21ab',
      'C:\\tmp',
      'größer naïve Ελλάδα 日本語 한국어 שלום 😀 é e\u0301',
      '::1',
      'a::b',
      '# ## [x]',
    ]) {
      expect(visible(text)).to.equal(text)
    }
  })

  it('keeps line breaks where lines are shown, and guards each line', () => {
    expect(visible('a\n::error::b\u0000', { lines: true })).to.equal('a\n\\u{3a}:error::b\\u{0}')
  })

  it('cuts to a length, never through an escape or a pair, and says how long the text was', () => {
    expect(visible('abcdef', { max: 3 })).to.equal('abc… (6 characters in all)')
    expect(visible('ab\u0000', { max: 4 })).to.equal('ab… (3 characters in all)')
    expect(visible('a😀b', { max: 2 })).to.equal('a… (4 characters in all)')
    expect(visible('abc', { max: 3 })).to.equal('abc')
  })
})

describe('terminal reporters', () => {
  for (const attack of [...TERMINAL_ATTACKS, ...MARKUP_ATTACKS]) {
    it(`let nothing act with ${inAscii(attack)} in every field`, async () => {
      const hostile = withEveryString(canonicalReport, attack)
      for (const text of [renderText(hostile, { color: false }), (await reporters.json()).render(hostile)]) {
        for (const line of text.split('\n')) {
          expect(line).to.not.match(UNSEEN)
          expect(line).to.not.match(OBEYED)
        }
      }
      const plain = renderText(withEveryString(canonicalReport, 'x'), { color: false }).split('\n')
      const forged = renderText(hostile, { color: false }).split('\n')
      const own = (lines: readonly string[]): readonly string[] => lines.filter((line) => !line.includes('│'))
      expect(own(forged).length, 'no line of its own').to.equal(own(plain).length)
    })
  }
})
