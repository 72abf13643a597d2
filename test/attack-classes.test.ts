import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { generate } from '#src/commands/generate.js'
import { type GeneratedStage, PACKAGE_ROOT, type PayloadFamily, readPackageJson, type SourceId } from '#src/model/index.js'
import { oracles } from '#src/oracles/index.js'

const DOC = fileURLToPath(new URL('docs/attack-classes.md', PACKAGE_ROOT))
const MOST = 4_000

interface AttackClass {
  readonly id: string
  readonly name: string
  readonly cwe: string
  /** What is no payload but a form of event, or several: what shows in a label, or in the events, of that stage. */
  readonly stage?: { readonly stage: GeneratedStage; readonly source: SourceId; readonly shows: string }
  /** Rules that judge it in whatever event. */
  readonly rules?: readonly string[]
}

const classes = readPackageJson('test/attack-classes.json') as unknown as readonly AttackClass[]
const families = ['payloads/', 'payloads/outside/'].flatMap((dir) =>
  readdirSync(new URL(dir, PACKAGE_ROOT))
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ file: dir + name, family: readPackageJson(dir + name) as unknown as PayloadFamily })),
)
const filesOf = (id: string): readonly string[] =>
  families.filter(({ family }) => family.classes.includes(id)).map(({ file }) => file)

function row({ id, name, cwe, stage, rules = [] }: AttackClass): string {
  const payloads = filesOf(id).map((file) => `[${file.replace('payloads/', '').replace('.json', '')}](../${file})`)
  const judged = rules.map((rule) => `[${rule}](rules.md#${rule})`)
  const made = stage === undefined ? '' : `${stage.stage} (${stage.source})`
  return `| ${id} | ${name.replaceAll('|', '\\|')} | ${cwe} | ${payloads.join(', ')} | ${made} | ${judged.join(', ')} |`
}

const document = (): string => `<!-- Written by UPDATE_DOCS=1 npx mocha dist-test/attack-classes.test.js -->
# Attack classes

What we know to go wrong in functions, and what tries it: payload files (data that stands in one field), a stage of events (their form, or their order; \`eventfuzz generate <source> --stage <stage>\`), or rules that judge whatever event there is. Payloads alone prove nothing: the rules that each payload file names do, and where no rule knows the sink (LDAP, XPath, GraphQL, spreadsheets, other languages), only that the function fails on them, hangs or tells too much. Events of the stages negative and inconsistent are what no service sends; runs do not use them.

| class | | CWE | payloads | stage | rules |
|---|---|---|---|---|---|
${classes.map(row).join('\n')}
`

describe('attack classes', () => {
  it('are each tried: by payloads, a stage or rules', () => {
    expect(classes).to.have.length.of.at.least(99)
    expect(new Set(classes.map(({ id }) => id)).size).to.equal(classes.length)
    for (const { id, stage, rules } of classes)
      expect(filesOf(id).length + Number(stage !== undefined) + (rules ?? []).length, id).to.be.greaterThan(0)
  })

  it('of rules are those of rules that there are', () => {
    const known = oracles.map(({ id }) => id)
    for (const { rules = [] } of classes) for (const rule of rules) expect(known).to.include(rule)
  })

  for (const { id, stage: made } of classes) {
    if (made === undefined) continue
    const { stage, source, shows } = made
    it(`${id} shows in the stage ${stage} of ${source}`, () => {
      const has = new RegExp(shows)
      const shown = (): boolean => {
        for (const { labels, events } of generate({ source, stage, count: MOST, seed: 5 }))
          if ([...labels, ...(stage === 'valid' ? events : [])].some((text) => has.test(text))) return true
        return false
      }
      expect(shown()).to.equal(true)
    })
  }

  it('stand in docs/attack-classes.md', () => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOC, document())
    expect(readFileSync(DOC, 'utf8')).to.equal(document())
  })
})
