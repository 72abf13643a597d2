import { expect } from 'chai'
import { harmless } from '#src/commands/live/open-live.js'
import { loadFamilies, loadOutside } from '#src/config/index.js'
import type { PayloadFamily } from '#src/model/index.js'

const all = [...loadFamilies(undefined), ...loadOutside()]
const one = (changes: Partial<PayloadFamily>): PayloadFamily => ({ ...all[0]!, classes: ['INJ-X'], ...changes })

describe('payloads that may leave the machine', () => {
  it('are none that reach for the network, and none that load', () => {
    const sent = harmless(all)
    expect(sent.length).to.be.within(15, all.length - 3)
    const ids = sent.map(({ id }) => id)
    for (const id of ['ssrf', 'deep-nesting', 'regular-expression']) expect(ids).to.not.include(id)
    for (const { classes, safety } of sent) {
      expect(safety.allowRemote).to.equal(true)
      expect(classes.join()).to.not.match(/NET-|REDOS|BOMB|LOAD|DOS-|RES-/)
    }
  })

  const STAY: readonly (readonly [what: string, family: PayloadFamily])[] = [
    ['what its file keeps at home', one({ safety: { level: 'inert', allowRemote: false } })],
    ['load', one({ safety: { level: 'bounded-load', allowRemote: true } })],
    ['the network', one({ classes: ['INJ-X', 'NET-SSRF'], safety: { level: 'inert', allowRemote: true } })],
    ['bombs', one({ classes: ['PAR-BOMB'], safety: { level: 'inert', allowRemote: true } })],
    ['exhaustion', one({ classes: ['RES-MEM'], safety: { level: 'inert', allowRemote: true } })],
  ]
  for (const [what, family] of STAY)
    it(`are not ${what}, whatever else the file says`, () => expect(harmless([family])).to.deep.equal([]))
})
