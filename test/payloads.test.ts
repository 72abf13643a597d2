import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import { PACKAGE_ROOT, type PayloadFamily, readPackageJson } from '#src/model/index.js'
import { oracles } from '#src/oracles/index.js'
import { HARMFUL, namedIn, textsIn } from './harmless.js'

const FILES = readdirSync(new URL('payloads/', PACKAGE_ROOT)).filter((name) => name.endsWith('.json'))
const textOf = (name: string): string => readFileSync(new URL(`payloads/${name}`, PACKAGE_ROOT), 'utf8')
const check = new Ajv2020({ strict: false, ownProperties: true }).compile(readPackageJson('schemas/payload.schema.json'))

/** Their controls are the same documents without what is wrong in them. */
const DOCUMENTS = new Set(['archive-traversal', 'xml-external-entity'])

describe('payload files', () => {
  it('exist', () => expect(FILES.length).to.be.at.least(10))
  const families = FILES.map((name) => JSON.parse(textOf(name)) as PayloadFamily)

  for (const [i, family] of families.entries()) {
    const texts = family.payloads.flatMap(({ value, control }) => [...textsIn(value), ...textsIn(control)])
    describe(FILES[i]!, () => {
      it('follows the schema and is named after its id', () => {
        expect(check(family) ? null : check.errors).to.equal(null)
        expect(`${family.id}.json`).to.equal(FILES[i])
      })
      it('names payloads once, and rules that there are', () => {
        expect(new Set(family.payloads.map(({ id }) => id)).size).to.equal(family.payloads.length)
        for (const rule of family.rules) expect(oracles.map(({ id }) => id)).to.include(rule)
      })
      it('does no harm, even if everything fails', () => {
        for (const text of texts) expect(text).to.not.match(HARMFUL)
        if (family.rules.includes('command-injection'))
          for (const text of texts) expect(text, 'a redirection').to.not.include('>')
      })
      it('names only hosts, addresses, people and accounts that cannot be', () => {
        expect(texts.flatMap((text) => [...namedIn(text)])).to.deep.equal([])
      })
      it('stays at home when it reaches for the network or for load', () => {
        const local = family.safety.level === 'bounded-load' || family.classes.some((id) => /^(?:NET|RES|DOS)-/.test(id))
        if (local) expect(family.safety.allowRemote).to.equal(false)
        expect(textOf(FILES[i]!).length).to.be.lessThan(500_000)
      })
    })
  }

  it('have ids of their own', () => expect(new Set(families.map(({ id }) => id)).size).to.equal(families.length))
  it('cover at least 15 attack classes', () =>
    expect(new Set(families.flatMap(({ classes }) => classes)).size).to.be.at.least(15))
  it('serve every injection rule', () => {
    const served = new Set(families.flatMap(({ rules }) => rules))
    for (const { id, proof } of oracles) if (proof === 'injection') expect(served).to.include(id)
  })

  it('have a control that is a word and nothing else, wherever the proof is injection', () => {
    const proofs = new Map(oracles.map(({ id, proof }) => [id, proof]))
    for (const { id, rules, payloads } of families) {
      if (!rules.some((rule) => proofs.get(rule) === 'injection')) continue
      for (const { id: payload, value, control } of payloads) {
        expect(control, `${id}/${payload}`).to.not.deep.equal(value)
        const pattern = DOCUMENTS.has(id) ? /^(?!.*(?:\.\.|DOCTYPE|ENTITY))/s : /^[\w./%\\{}":[\]=, -]*$/
        for (const text of textsIn(control)) expect(plain(text), `${id}/${payload}: ${text}`).to.match(pattern)
      }
    }
  })
  it('have no control that itself breaks out of anything', () => {
    for (const { id, rules, payloads } of families) {
      if (!rules.some((rule) => /^(?:command|code|sql|partiql|dynamodb-expression)-injection$/.test(rule))) continue
      for (const { id: payload, control } of payloads)
        for (const text of textsIn(control)) expect(plain(text), `${id}/${payload}`).to.match(/^[\w.]*$/)
    }
  })
})

const plain = (text: string): string => text.replaceAll(/\{\{[a-z0-9.]+\}\}/g, 'canary')
