import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { PACKAGE_ROOT } from '#src/model/index.js'
import { filesOfSuite, type Outcome, outcomesOf, VALUES } from './suite.js'

const DOC = fileURLToPath(new URL('docs/json-schema.md', PACKAGE_ROOT))
const KINDS = ['valid', 'unsatisfiable', 'unsupported', 'unjudged', 'wrong'] as const

const count = (outcomes: readonly Outcome[], kind: string): number => outcomes.filter((one) => one.kind === kind).length
const row = (name: string, outcomes: readonly Outcome[]): string =>
  `| ${name} | ${outcomes.length} | ${KINDS.map((kind) => count(outcomes, kind) || '').join(' | ')} |`
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``

function document(outcomes: readonly Outcome[]): string {
  const files = [...new Set(outcomes.map(({ file }) => file))]
  const list = (kind: string) =>
    outcomes
      .filter((one) => one.kind === kind)
      .map(({ file, description, detail }) => `- ${file}: ${code(description)}${detail === '' ? '' : `\n  ${code(detail)}`}`)
      .join('\n')
  return `<!-- Written by UPDATE_DOCS=1 npx mocha dist-test/generate/suite.test.js -->
# JSON Schema: what the compiler can do

\`eventfuzz/events\` makes values of any JSON Schema 2020-12 (\`valuesOf\`); our own event schemas, your body schemas and those that runs find go the same way. This is how it does on the [JSON-Schema-Test-Suite](../test/json-schema-test-suite/README.md), all files of draft 2020-12 and its optional ones but formats: ${VALUES} values of each schema, each judged by ajv.

- **valid**: every value is valid.
- **unsatisfiable**: the compiler says that no value can be valid and where that shows, and the suite has none either.
- **unsupported**: the compiler names the keyword and its JSON pointer. What it does not do: references out of the document, also to the meta-schema, and \`$dynamicRef\` with more than one possible target.
- **unjudged**: values are made, but ajv itself does not pass the suite's tests of that schema, so nobody says whether they are valid.
- **wrong**: none of that.

| file | schemas | ${KINDS.join(' | ')} |
|---|---:|${KINDS.map(() => '---:|').join('')}
${files
  .map((file) =>
    row(
      file,
      outcomes.filter((one) => one.file === file),
    ),
  )
  .join('\n')}
${row('**all**', outcomes)}

## Unsupported

${list('unsupported')}

## Unsatisfiable

${list('unsatisfiable')}

## Unjudged

${list('unjudged')}
`
}

describe('the schema compiler on the JSON-Schema-Test-Suite', () => {
  let outcomes: readonly Outcome[] = []
  before(() => {
    outcomes = filesOfSuite().flatMap(outcomesOf)
  })

  it('makes only valid values, or says why it makes none', () => {
    expect(outcomes.length).to.be.at.least(394)
    expect(outcomes.filter(({ kind }) => kind === 'wrong')).to.deep.equal([])
  })

  it('gets no worse', () => {
    expect(count(outcomes, 'valid')).to.be.at.least(330)
    expect(count(outcomes, 'unsupported')).to.be.at.most(32)
    expect(count(outcomes, 'unjudged')).to.be.at.most(21)
  })

  it('does what docs/json-schema.md says', () => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(DOC, document(outcomes))
    expect(readFileSync(DOC, 'utf8')).to.equal(document(outcomes))
  })
})
