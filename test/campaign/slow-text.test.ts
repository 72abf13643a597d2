import { expect } from 'chai'
import { slowText } from '#src/campaign/slow-text.js'

/** Patterns, and what of them is repeated: a few times where each repetition multiplies the ways, many where it adds some. */
const PATTERNS: readonly (readonly [source: string, flags: string, slow: 'few' | 'many' | undefined])[] = [
  ['^(a+)+$', '', 'few'],
  ['^(ERROR|WARN)\\s+(([A-Za-z]+\\s?)+):\\s', '', 'few'],
  ['^([a-z0-9]+-?)+$', 'i', 'few'],
  ['^\\/v1\\/([\\w-]+\\/?)*$', '', 'few'],
  ['^(INFO|DEBUG)\\s((\\w+=\\w*)\\s?)+$', '', 'few'],
  ['^(?:\\s*(?:re|aw|fwd?|wg|sv)\\s*:\\s*)*\\[(T-\\d{1,10})\\]\\s*(.*)$', 'i', 'few'],
  ['^(?:\\s*--[a-z]{2,8}=\\w{3,9}\\s*)+$', '', 'few'],
  ['\\s+$', '', 'many'],
  ['(.*),(.*),(.*)!', '', 'many'],
  ['^(?:(?:re|aw|fwd?):[ ]?)*\\[(T-\\d+)\\]', 'i', undefined],
  ['^(?:--[a-z]{2,8}=\\w{3,9} )+$', '', undefined],
  ['^[a-z]+$', '', undefined],
  ['^(\\d+,)*\\d+$', '', undefined],
  ['^[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+$', '', undefined],
  ['^\\d{4}-\\d{2}-\\d{2}$', '', undefined],
  ['^\\/v1\\/([\\w-]+\\/)*$', '', undefined],
  ['(', '', undefined],
]

describe('texts that a pattern is slow on', () => {
  for (const [source, flags, slow] of PATTERNS)
    it(`/${source}/${flags}: ${slow ?? 'none'}`, () => {
      const found = slowText(source, flags)
      const most = found && found.counts.at(-1)! / found.pump.length
      expect(most === undefined ? undefined : most < 50 ? 'few' : 'many').to.equal(slow)
      // What stands around the part that is repeated keeps the text from matching at all.
      if (found) expect(new RegExp(source, flags).test(found.before + found.pump.repeat(8) + found.after)).to.equal(false)
    })
})
