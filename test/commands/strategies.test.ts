import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { drawStrategies } from '#src/commands/strategies.js'
import { PACKAGE_ROOT, type Report } from '#src/model/index.js'
import { exhaustive, thorough } from '../thorough.js'

const ROOT = fileURLToPath(PACKAGE_ROOT)
const CLI = path.join(ROOT, 'dist/cli/main.js')

/** ISO 13616: nobody guesses one. */
const IS_IBAN = `const isIban = (text) => /^[A-Z]{2}\\d{2}[A-Z0-9]{10,30}$/.test(text) &&
  [...text.slice(4) + text.slice(0, 4)].reduce((rest, sign) => [...String(parseInt(sign, 36))].reduce((r, d) => (r * 10 + Number(d)) % 97, rest), 0) === 1
`
const MAKE_IBAN = `import fc from 'fast-check'
import { defineStrategy } from 'eventfuzz'
const rest = (text) => [...text].reduce((left, sign) => [...String(parseInt(sign, 36))].reduce((r, d) => (r * 10 + Number(d)) % 97, left), 0)
export const iban = (countries) => fc.tuple(fc.constantFrom(...countries), fc.stringMatching(/^[0-9]{18}$/))
  .map(([country, account]) => country + String(98 - rest(account + country + '00')).padStart(2, '0') + account)
`

/** Fails for accounts of countries that it does not know; its checksum keeps all others away. */
const HANDLER = `${IS_IBAN}
const BANKS = { DE: { name: 'Bundesbank' }, FR: { name: 'Banque de France' } }
export async function handler(event) {
  let order
  try { order = JSON.parse(event.body) } catch { return { statusCode: 400, body: 'no JSON' } }
  if (typeof order?.iban !== 'string' || !isIban(order.iban)) return { statusCode: 400, body: 'no account' }
  return { statusCode: 200, body: JSON.stringify({ bank: BANKS[order.iban.slice(0, 2)].name }) }
}`

/** Behind the same check a shell: only an honest account gets there. */
const SHELL = `import { execSync } from 'node:child_process'
${IS_IBAN}
export async function handler(event) {
  let order
  try { order = JSON.parse(event.body) } catch { return { statusCode: 400, body: 'no JSON' } }
  if (typeof order?.iban !== 'string' || !isIban(order.iban)) return { statusCode: 400, body: 'no account' }
  const out = typeof order.memo === 'string' ? execSync('printf %s ' + order.memo).toString() : ''
  return { statusCode: 200, body: JSON.stringify({ length: out.length }) }
}`

describe('strategies of the user', function () {
  this.timeout(120_000)
  let dir = ''
  before(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-strategies-'))
    // As npm would have installed them.
    mkdirSync(path.join(dir, 'node_modules'))
    symlinkSync(ROOT, path.join(dir, 'node_modules/eventfuzz'))
    symlinkSync(path.join(ROOT, 'node_modules/fast-check'), path.join(dir, 'node_modules/fast-check'))
  })
  after(() => rmSync(dir, { recursive: true }))

  const wrote = (name: string, text: string): string => {
    writeFileSync(path.join(dir, name), text)
    return path.join(dir, name)
  }
  const targetsOf = (file: string) => [{ id: 'orders', file, export: 'handler', events: ['apigw-v2'] }]
  function fuzzed(
    handler: string,
    strategies: readonly string[],
    ...more: readonly string[]
  ): { status: number | null; rules: readonly string[]; report: Report } {
    wrote('orders.mjs', handler)
    wrote('eventfuzz.config.json', JSON.stringify({ targets: targetsOf('orders.mjs'), strategies }))
    const args = [
      CLI,
      'fuzz',
      '-q',
      '--runs',
      '300',
      '--seed',
      '3',
      '--reporter',
      'json',
      '--output-dir',
      '.eventfuzz/run',
      ...more,
    ]
    const { status } = spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8' })
    const report = JSON.parse(readFileSync(path.join(dir, '.eventfuzz/run/report.json'), 'utf8')) as Report
    return { status, rules: report.findings.map(({ rule }) => rule), report }
  }

  it('find what no value of ours gets to', () => {
    wrote(
      'accounts.mjs',
      `${MAKE_IBAN}export default defineStrategy({ id: 'iban', at: '/body#json/iban', arbitrary: iban(['DE', 'IT']) })`,
    )
    const { rules, report } = fuzzed(HANDLER, ['./accounts.mjs'], '--max-findings', '1')
    expect(rules).to.deep.equal(['unhandled-error'])
    expect(report.findings[0]).to.include({ confidence: 'confirmed', pointer: '/body#json/iban' })
    expect(JSON.parse(JSON.parse(report.findings[0]!.event).body).iban).to.match(/^IT/)
  })

  exhaustive('are what it takes: without one nothing is found', 'find what no value of ours gets to', () => {
    for (const handler of [HANDLER, SHELL]) expect(fuzzed(handler, []).rules).to.deep.equal([])
  })

  thorough('that make honest values lead attacks on other fields past a check', () => {
    wrote(
      'honest.mjs',
      `${MAKE_IBAN}export default { id: 'iban', at: '/body#json/iban', honest: true, arbitrary: iban(['DE', 'FR']) }`,
    )
    expect(fuzzed(SHELL, ['./honest.mjs'], '--rules', 'command-injection', '--max-findings', '1').rules).to.include(
      'command-injection',
    )
  })

  it('are drawn the same for the same seed, as JSON', async () => {
    const file = wrote(
      'dates.mjs',
      `import fc from 'fast-check'\nexport default { id: 'date', at: '/body#json/day', arbitrary: fc.date({ noInvalidDate: true }) }`,
    )
    const [one] = await drawStrategies([file], 1)
    const [again] = await drawStrategies([file], 1)
    const [other] = await drawStrategies([file], 2)
    expect(one?.values).to.have.lengthOf(100)
    expect(one?.values[0]).to.be.a('string')
    expect(one).to.deep.equal(again)
    expect(one?.values).to.not.deep.equal(other?.values)
  })

  const FC = `import fc from 'fast-check'\n`
  const ONE = `id: 'one', at: '/body#json/a', arbitrary: fc.constant(1)`
  for (const [about, code, message] of [
    ['no strategy', 'export default 7', /no strategy and no list/],
    ['no name', `${FC}export default { ${ONE}, id: 'No Name' }`, /its id is "No Name"/],
    ['no place', `${FC}export default { ${ONE}, at: 'body' }`, /'one' is at "body"/],
    ['an unknown source', `${FC}export default { ${ONE}, sources: ['s4'] }`, /source "s4"; known: apigw-v1/],
    ['no arbitrary', `export default { id: 'one', at: '/a' }`, /'one' makes no values \(it has no arbitrary\)/],
    ['what is no arbitrary', `export default { id: 'one', at: '/a', arbitrary: 'x' }`, /'one' makes no values/],
    [
      'an arbitrary that throws',
      `${FC}export default { ${ONE.replace('fc.constant(1)', 'fc.constant(1).map(() => { throw new Error("none left") })')} }`,
      /none left/,
    ],
    ['two of a name', `${FC}export default [{ ${ONE} }, { ${ONE} }]`, /two strategies with the id 'one'/],
    ['broken code', 'export default {', /wrong.mjs cannot be loaded/],
    ['a module that ends its thread', 'process.exit(0)', /wrong.mjs cannot be loaded: their thread ended/],
  ] as const) {
    it(`with ${about} are refused in one line, before anything runs`, async () => {
      const file = wrote('wrong.mjs', code)
      const error = await drawStrategies([file], 1).then(
        () => undefined,
        (thrown: Error) => thrown,
      )
      expect(error?.name).to.equal('ConfigError')
      expect(error?.message).to.match(message).and.not.include('\n')
    })
  }

  it('that never end are refused', async () => {
    const file = wrote('endless.mjs', `${FC}export default { ${ONE}, arbitrary: fc.constant(1).filter(() => false) }`)
    const error = await drawStrategies([file], 1, 1_000).then(
      () => undefined,
      (thrown: Error) => thrown,
    )
    expect(error?.message).to.match(/endless.mjs cannot be loaded: they took longer than/)
  })
})
