import { expect } from 'chai'
import type { Injection } from '#src/model/index.js'
import { regionsOf } from '#src/oracles/region.js'
import { HEAD, TAIL, trial } from './trial-maker.js'

const injection = (text: string): Injection => ({ ...trial({}).case.injection!, text })

/** What was sent between the markers, and what a sink holds between them. */
const ROWS: readonly (readonly [string, string, string, own: boolean])[] = [
  ['the payload as it is', '"><b>', '"><b>', true],
  ['in other letters', 'A <B>', 'a <b>', true],
  ['escaped, if badly', "'; x", "\\'; x", true],
  ['decoded', '%27%3B', "';", true],
  ['without its blanks', 'a  ; b', 'a;b', true],
  ['split at a comma into items of a list', ', x', '</li><li> x', false],
  ['split and quoted one by one', 'a,b', "a','b", false],
  ['split at blanks, escaped and quoted one by one', "' OR '1'='1", "'', 'OR', '''1''=''1", false],
  ['split at blanks for a shell', "' x '1", "'\\'' '/in/x' '/in/'\\''1", false],
  ['with every quote doubled', "' OR '1'='1", "'' OR ''1''=''1", true],
  ['cut out', ';x;', 'and', false],
  ['between two uses of the value', ';x', '" title="', false],
]

describe('the region of a payload', () => {
  for (const [what, sent, held, own] of ROWS)
    it(`is ${own ? '' : 'not '}seen: ${what}`, () => {
      expect(regionsOf(`<${HEAD}${held}${TAIL}>`, injection(sent))).to.have.lengthOf(own ? 1 : 0)
    })

  it('is seen where the payload is no text', () => {
    const { text: _text, ...untold } = injection('')
    expect(regionsOf(`${HEAD}anything${TAIL}`, untold)).to.have.lengthOf(1)
  })
})
