import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import fc from 'fast-check'
import { compile } from '#src/generate/index.js'
import { type Json, type JsonObject, PACKAGE_ROOT } from '#src/model/index.js'

const ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false, logger: false })
const make = (schema: Json, numRuns = 60): readonly Json[] =>
  fc.sample(compile(schema as JsonObject, schema), { seed: 3, numRuns }) as readonly Json[]

const TREE: JsonObject = {
  $ref: '#/$defs/node',
  $defs: {
    node: {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string' },
        children: { type: 'array', items: { $ref: '#/$defs/node' } },
        next: { $ref: '#/$defs/node' },
      },
      additionalProperties: false,
    },
  },
}

interface Row {
  readonly about: string
  readonly schema: Json
  /** Where the message says it is. */
  readonly at?: string
}
const table = (name: string): readonly Row[] =>
  JSON.parse(readFileSync(new URL(`test/generate/${name}.json`, PACKAGE_ROOT), 'utf8')) as readonly Row[]

describe('the schema compiler', () => {
  for (const { about, schema } of table('satisfiable')) {
    it(`makes values of ${about}, all of them valid`, () => {
      const check = ajv.compile(schema as JsonObject)
      const made = make(schema)
      expect(made).to.have.lengthOf(60)
      for (const value of made) expect(check(value) ? null : check.errors, JSON.stringify(value)).to.equal(null)
    })
  }

  it('makes all that an author means: both branches, all types, each optional property', () => {
    const kinds = (schema: Json, of: (value: never) => unknown) => new Set(make(schema, 100).map((value) => of(value as never)))
    expect(kinds({ anyOf: [{ const: 1 }, { const: 2 }] }, (value) => value)).to.have.keys([1, 2])
    expect(kinds({ type: ['string', 'null', 'boolean'] }, (value) => typeof value)).to.have.keys(['string', 'object', 'boolean'])
    expect(
      kinds(
        { type: 'integer', minimum: 0, maximum: 9, ...(JSON.parse('{"if":{"minimum":5},"then":{"const":7}}') as JsonObject) },
        (value) => value,
      ),
    ).to.include.keys([0, 7])
    expect(
      kinds(
        { type: 'object', properties: { a: { const: 1 } }, dependentRequired: { a: ['b'] } },
        (value: object) => 'a' in value,
      ),
    ).to.have.keys([true, false])
    expect(Math.max(...make(TREE, 100).map((value) => JSON.stringify(value).split('"name"').length))).to.be.greaterThan(4)
  })

  it('makes __proto__ an own key that is really there', () => {
    const schema = {
      type: 'object',
      properties: JSON.parse('{"__proto__":{"const":1}}') as Json,
      required: ['__proto__'],
      additionalProperties: false,
    }
    for (const value of make(schema, 5)) expect(JSON.stringify(value)).to.equal('{"__proto__":1}')
  })

  for (const { about, schema, at = '' } of table('unsatisfiable')) {
    it(`says that there is no value for ${about}, and where`, () => {
      expect(() => make(schema, 1))
        .to.throw(/^No value can satisfy the schema at/)
        .with.property('message')
        .that.includes(at)
    })
  }

  it('names keyword and place of what means nothing', () => {
    expect(() => make({ type: 'object', required: ['a'], properties: { a: { type: 'decimal' } } }, 1)).to.throw(
      /no type 'decimal' \(\/properties\/a\/type\)/,
    )
    expect(() => make({ type: 'array', minItems: 1, items: { type: 'string', pattern: '(' } }, 1)).to.throw(/\/items\/pattern/)
    expect(() => make({ $ref: '#/$defs/gone' }, 1)).to.throw(/#\/\$defs\/gone/)
    expect(() => make({ $ref: 'https://example.com/other.json' }, 1)).to.throw(/other\.json/)
  })

  it('shrinks to values that are still valid', () => {
    const schema: JsonObject = { type: 'integer', minimum: 0, maximum: 1_000, oneOf: [{ multipleOf: 3 }, { multipleOf: 5 }] }
    const { counterexample, numShrinks } = fc.check(
      fc.property(compile(schema, schema), (value) => Number(value) < 40),
      { seed: 2, numRuns: 500 },
    )
    const check = ajv.compile(schema)
    expect(check(counterexample?.[0])).to.equal(true)
    expect(Number(counterexample?.[0])).to.be.at.least(40)
    expect(numShrinks).to.be.greaterThan(0)
  })
})
