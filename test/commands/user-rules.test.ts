import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect } from 'chai'
import { chooseRules } from '#src/commands/rules.js'
import { openUserRules } from '#src/commands/user-rules.js'
import type { Oracle } from '#src/model/index.js'
import { effect, trial } from '../oracles/trial-maker.js'

const MEMBERS = `title: 'Writes another tenant’s key', severity: 'high', proof: 'contract'`
const written = (key: string) =>
  trial({ effects: [effect('aws', { service: 's3', operation: 'PutObject', params: { Key: key } })] })

describe('rules of the user', () => {
  let dir = ''
  before(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-rules-'))
  })
  after(() => rmSync(dir, { recursive: true }))

  /** Runs `body` with the rules of a plug-in and what was said of them. */
  async function using(code: string, body: (rules: readonly Oracle[], warnings: string[]) => void): Promise<void> {
    const file = path.join(dir, 'mine.mjs')
    writeFileSync(file, code)
    const warnings: string[] = []
    await using user = await openUserRules([file], (text) => warnings.push(text))
    body(user.rules, warnings)
  }

  it('judge trials like our own', async () => {
    const code = `export default { id: 'own-tenant', ${MEMBERS}, *judge(trial) {
      for (const { params } of trial.observations.flatMap((one) => one.effects))
        if (!params.Key.startsWith('tenant-a/')) yield { evidence: 'wrote ' + params.Key }
    } }`
    await using(code, ([rule], warnings) => {
      expect([...rule!.judge(written('tenant-b/x'))]).to.deep.equal([
        { canary: null, sink: null, anchor: 'rule', evidence: 'wrote tenant-b/x', rule: 'own-tenant' },
      ])
      expect([...rule!.judge(written('tenant-a/x'))]).to.deep.equal([])
      expect(warnings).to.deep.equal([])
    })
  })

  it('are named and switched off when they throw; others go on', async () => {
    const code = `export default [
      { id: 'broken', ${MEMBERS}, judge() { throw new Error('no such field') } },
      { id: 'sound', ${MEMBERS}, *judge() { yield { evidence: 'seen' } } } ]`
    await using(code, ([broken, sound], warnings) => {
      expect([...broken!.judge(written('x')), ...broken!.judge(written('y'))]).to.deep.equal([])
      expect(warnings).to.deep.equal(["The rule 'broken' of mine.mjs failed (no such field): it is switched off"])
      expect([...sound!.judge(written('x'))]).to.have.lengthOf(1)
    })
  })

  it('are named and switched off when they never end', async () => {
    await using(`export default { id: 'endless', ${MEMBERS}, judge() { for (;;); } }`, ([rule], warnings) => {
      expect([...rule!.judge(written('x')), ...rule!.judge(written('x'))]).to.deep.equal([])
      expect(warnings).to.deep.equal(["The rule 'endless' of mine.mjs did not end within 2 s: it is switched off"])
    })
  }).timeout(20_000)

  it('are switched off when what they yield is no verdict', async () => {
    await using(`export default { id: 'odd', ${MEMBERS}, judge: () => [{ text: 1 }] }`, ([rule], warnings) => {
      expect([...rule!.judge(written('x'))]).to.deep.equal([])
      expect(warnings).to.deep.equal(["The rule 'odd' of mine.mjs failed (it yielded no verdict): it is switched off"])
    })
  })

  const WRONG: readonly (readonly [code: string, says: RegExp])[] = [
    ['export default 1', /mine\.mjs has a rule that cannot be used/],
    ['export default', /mine\.mjs cannot be loaded: /],
    ["throw new Error('not today')", /mine\.mjs cannot be loaded: not today/],
    [`export default { ${MEMBERS}, judge() {} }`, /its id is undefined/],
    [`export default { id: 'x', ${MEMBERS} }`, /'x' has no judge\(trial\)/],
    [`export default { id: 'x', ${MEMBERS}, severity: 'worst', judge() {} }`, /severity of 'x' is none of/],
    [`export default { id: 'ssrf', ${MEMBERS}, judge() {} }`, /two rules with the id 'ssrf'/],
  ]
  for (const [code, says] of WRONG) {
    it(`are refused before anything runs: ${code.slice(0, 60)}`, async () => {
      const error = await using(code, () => undefined).catch((thrown: unknown) => thrown as Error)
      expect(error).to.be.instanceOf(Error)
      expect((error as Error).message).to.match(says)
    })
  }
})

describe('the rules of a run', () => {
  const choice = { wanted: [], unwanted: [], experimental: false, settings: {}, user: [] }
  const ids = (changes: Partial<Parameters<typeof chooseRules>[0]>) => chooseRules({ ...choice, ...changes }).map(({ id }) => id)

  it('leave experimental ones out until they are asked for', () => {
    expect(ids({})).to.include('ssrf').and.not.include('json-injection')
    expect(ids({ experimental: true })).to.include('json-injection')
    expect(ids({ settings: { 'json-injection': 'on' } })).to.include('json-injection')
    expect(ids({ wanted: ['json-injection'] })).to.deep.equal(['json-injection'])
  })
  it('are switched off and tuned by the configuration', () => {
    expect(ids({ settings: { ssrf: 'off' } })).to.not.include('ssrf')
    const [tuned] = chooseRules({ ...choice, wanted: ['ssrf'], settings: { ssrf: 'low' } })
    expect(tuned).to.include({ id: 'ssrf', severity: 'low' })
    expect(() => ids({ settings: { srf: 'off' } })).to.throw("Did you mean 'ssrf'?")
  })
})
