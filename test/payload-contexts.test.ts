import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import { PACKAGE_ROOT, type PayloadFamily, readPackageJson } from '#src/model/index.js'
import { leavesExpressionToken } from '#src/oracles/lexers/dynamodb-expression.js'
import { leavesJavaScriptToken } from '#src/oracles/lexers/javascript.js'
import { leavesShellWord } from '#src/oracles/lexers/shell.js'
import { leavesSqlToken } from '#src/oracles/lexers/sql.js'
import { type Region, regionsIn } from '#src/oracles/region.js'

const HEAD = 'efaaaaaaaaaaz'
const TAIL = 'efbbbbbbbbbbz'

/** For each rule the places where careless code writes a value; `·` is the value. */
const CONTEXTS: Readonly<Record<string, readonly [leaves: (text: string, region: Region) => boolean, texts: readonly string[]]>> =
  {
    'command-injection': [leavesShellWord, ['ls ·', "ls '·'", 'ls "·"', 'ls a/·.jpg', 'echo `ls ·`', 'ls $(cat ·)']],
    'code-injection': [leavesJavaScriptToken, ['f(·)', "f('·')", 'f("·")', 'f(`·`)', 'a = ·', "f('x', g('·'))"]],
    'sql-injection': [
      (text, region) =>
        (['postgresql', 'mysql', 'sqlite', 'athena'] as const).some((dialect) => leavesSqlToken(text, region, dialect)),
      [
        "SELECT * FROM t WHERE a = '·'",
        'SELECT * FROM t WHERE a = ·',
        'SELECT * FROM t ORDER BY ·',
        "SELECT * FROM t WHERE (a = '·')",
        'SELECT "·" FROM t',
      ],
    ],
    'partiql-injection': [
      (text, region) => leavesSqlToken(text, region, 'partiql'),
      ["SELECT * FROM t WHERE a = '·'", 'SELECT * FROM "·" WHERE a = ?', 'SELECT * FROM t WHERE "·" = ?'],
    ],
    'dynamodb-expression-injection': [leavesExpressionToken, ['· = :v', 'a = :v AND ·', 'SET · = :v', '#·']],
  }

/** A payload or control as it reaches the sink. */
function rendered(template: unknown): string {
  // A payload that stands in a key is a name.
  const text = typeof template === 'object' && template !== null ? (Object.keys(template)[0] ?? '') : String(template)
  const framed = text.includes('{{canary}}') ? text : `{{canary}}${text}{{tail}}`
  return framed
    .replaceAll('{{canary}}', HEAD)
    .replaceAll('{{tail}}', TAIL)
    .replaceAll(/\{\{canary\.[ab]\}\}/g, 'efccccccccccz')
    .replaceAll(/\{\{n[12]\}\}/g, '1009')
}

for (const name of readdirSync(new URL('payloads/', PACKAGE_ROOT)).filter((one) => one.endsWith('.json'))) {
  const family = readPackageJson(`payloads/${name}`) as unknown as PayloadFamily
  for (const rule of family.rules) {
    const context = CONTEXTS[rule]
    if (context === undefined) continue
    const [leaves, texts] = context
    const judged = (template: unknown) =>
      texts.filter((text) => {
        const whole = text.replace('·', () => rendered(template))
        return regionsIn(whole, HEAD, TAIL).some((region) => leaves(whole, region))
      })
    describe(`${family.id} in careless code`, () => {
      for (const { id, value, control } of family.payloads) {
        it(`${id} gets out somewhere, and its control nowhere`, () => {
          expect(judged(value)).to.not.deep.equal([])
          expect(judged(control)).to.deep.equal([])
        })
      }
      it('gets out everywhere with one payload or another', () => {
        expect(texts.filter((text) => !family.payloads.some(({ value }) => judged(value).includes(text)))).to.deep.equal([])
      })
    })
  }
}
