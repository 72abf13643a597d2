import { expect } from 'chai'
import type { Effect, Injection, Oracle } from '#src/model/index.js'
import { archiveTraversal } from '#src/oracles/archive-traversal.js'
import { codeInjection } from '#src/oracles/code-injection.js'
import { pathTraversal } from '#src/oracles/path-traversal.js'
import { templateInjection } from '#src/oracles/template-injection.js'
import { unsafeDeserialisation } from '#src/oracles/unsafe-deserialisation.js'
import { xmlExternalEntity } from '#src/oracles/xml-external-entity.js'
import { effect, HEAD, returned, TAIL, trial } from './trial-maker.js'

const OUTSIDE = `/var/opt/${HEAD}`
const JOINED = 'efccccccccccz'
const file = (op: string, real: string): Effect => effect('fs', { op, path: real, real })
const code = (source: string): Effect => effect('code', { how: 'Function', source })

const from = (family: string, text?: string): { readonly injection: Injection } => ({
  injection: { ...trial({}).case.injection!, family, ...(text !== undefined && { text }) },
})
const rules = (made: Parameters<typeof trial>[0], log = ''): readonly string[] => {
  const one = trial(made)
  const told = { ...one, observations: one.observations.map((observation) => ({ ...observation, log })) }
  const all: readonly Oracle[] = [
    archiveTraversal,
    codeInjection,
    pathTraversal,
    templateInjection,
    unsafeDeserialisation,
    xmlExternalEntity,
  ]
  return all.flatMap((oracle) => [...oracle.judge(told)].map(({ rule }) => rule))
}

describe('rules for documents', () => {
  const archive = from('archive-traversal')
  it('speak of an entry that is written outside', () =>
    expect(rules({ case: archive, effects: [file('writeFile', OUTSIDE)] })).to.deep.equal(['archive-traversal']))
  it('are silent on one that is only looked for', () =>
    expect(rules({ case: archive, effects: [file('existsSync', OUTSIDE)] })).to.deep.equal([]))
  it('are silent on one that stays inside', () =>
    expect(rules({ case: archive, effects: [file('writeFile', `/tmp/in${OUTSIDE}`)] })).to.deep.equal([]))

  const entity = from('xml-external-entity')
  it('speak of a file that an entity names', () =>
    expect(rules({ case: entity, effects: [file('readFile', OUTSIDE)] })).to.deep.equal(['xml-external-entity']))
  it('speak of a host that an entity names', () =>
    expect(rules({ case: entity, effects: [effect('connect', { host: `${HEAD}.invalid`, port: 80 })] })).to.deep.equal([
      'xml-external-entity',
    ]))
  it('are silent on another host', () =>
    expect(rules({ case: entity, effects: [effect('connect', { host: 'schemas.example.invalid', port: 80 })] })).to.deep.equal(
      [],
    ))

  const document = from('unsafe-deserialisation')
  it('speak of a function that is compiled', () =>
    expect(rules({ case: document, effects: [code(`return '${HEAD}'+globalThis.x+'${TAIL}'`)] })).to.deep.equal([
      'unsafe-deserialisation',
    ]))
  it('speak of a function that ran', () =>
    expect(rules({ case: document }, `INFO ${JOINED}`)).to.deep.equal(['unsafe-deserialisation']))
  it('are silent where the text is logged', () => expect(rules({ case: document }, `${HEAD}'efc'+'ccz'`)).to.deep.equal([]))
})

describe('template-injection', () => {
  const command = from('template-injection', '{{x}}')
  const compiled = (text: string) =>
    code(`(function anonymous(container,depth0,helpers,partials,data\n) {\n  return ${text};\n\n})`)
  it('speaks of a command that the engine compiled, whatever it made of it', () =>
    expect(rules({ case: command, effects: [compiled(`"Dear ${HEAD}" + e(h(d,"x")) + "${TAIL}"`)] })).to.deep.equal([
      'template-injection',
    ]))
  it('is silent on plain text of a template', () =>
    expect(rules({ case: command, effects: [compiled(`"Dear ${HEAD}{{x}}${TAIL}"`)] })).to.deep.equal([]))
  it('speaks once of a template that was compiled and came out', () => {
    const outcome = returned({ statusCode: 200, body: JOINED })
    expect(rules({ case: command, outcome, effects: [compiled(`"${HEAD}" + x + "${TAIL}"`)] })).to.deep.equal([
      'template-injection',
    ])
  })
})
