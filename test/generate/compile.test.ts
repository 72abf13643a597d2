import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import fc from 'fast-check'
import { sources } from '#src/events/index.js'
import { compile, wireSchemaOf } from '#src/generate/index.js'
import type { Json, JsonObject } from '#src/model/index.js'

const ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false })

/** Schemas of the part of JSON Schema that our own use, at random. */
const { schema } = fc.letrec<{
  schema: JsonObject
  string: JsonObject
  leaf: JsonObject
  array: JsonObject
  object: JsonObject
  map: JsonObject
  union: JsonObject
}>((tie) => ({
  schema: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('array'), tie('object'), tie('map'), tie('union')),
  string: fc.oneof(
    fc.tuple(fc.nat(5), fc.nat(20)).map(([min, more]) => ({ type: 'string', minLength: min, maxLength: min + more })),
    fc.constantFrom('^[a-z]{2,6}$', '^-?[0-9]{1,5}$', '^x-[A-Za-z0-9-]{1,8}$').map((pattern) => ({ type: 'string', pattern })),
    fc.constantFrom('uuid', 'date-time').map((format) => ({ type: 'string', format })),
    fc.constant({ type: 'string', 'x-valid': ['GET /a', 'POST /b'] }),
  ),
  leaf: fc.oneof(
    tie('string'),
    fc.constantFrom<JsonObject>(
      { type: 'boolean' },
      { type: 'null' },
      { type: 'number' },
      { type: ['string', 'null'] },
      { const: 'x' },
      { enum: ['a', 1, null] },
    ),
    fc
      .tuple(fc.integer({ min: -50, max: 50 }), fc.nat(50))
      .map(([minimum, more]) => ({ type: 'integer', minimum, maximum: minimum + more })),
  ),
  array: fc
    .tuple(tie('schema'), fc.nat(2), fc.nat(3))
    .map(([items, minItems, more]) => ({ type: 'array', items, minItems, maxItems: minItems + more })),
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom('a', 'b', 'c', 'constructor'), tie('schema')),
      fc.subarray(['a', 'b', 'c', 'constructor']),
    )
    .map(([properties, wanted]) => ({
      type: 'object',
      properties,
      required: wanted.filter((name) => Object.hasOwn(properties, name)),
      additionalProperties: false,
    })),
  map: fc.tuple(tie('schema'), fc.nat(2)).map(([additionalProperties, minProperties]) => ({
    type: 'object',
    additionalProperties,
    propertyNames: { pattern: '^[a-z_]{1,12}$' },
    minProperties,
    maxProperties: minProperties + 2,
  })),
  union: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
}))

describe('compile', () => {
  it('makes only values that the schema accepts, whatever the schema', () => {
    fc.assert(
      fc.property(schema, fc.nat(), (given, seed) => {
        const check = ajv.compile(given)
        for (const value of fc.sample(compile(given, given), { seed, numRuns: 5 })) {
          if (!check(value))
            throw new Error(`${JSON.stringify(value)} of ${JSON.stringify(given)}: ${ajv.errorsText(check.errors)}`)
        }
      }),
      { numRuns: 200, seed: 4 },
    )
  }).timeout(30_000)

  for (const source of sources) {
    it(`compiles the wire schema of ${source.id}, and only into values of it`, () => {
      const wire = wireSchemaOf(source)
      const check = ajv.compile({ ...wire, $defs: source.schema['$defs'] })
      for (const value of fc.sample(compile(source.schema, wire), { seed: 9, numRuns: 300 }))
        expect(check(value) ? null : check.errors).to.equal(null)
    })
  }

  it('follows references, with what stands beside them', () => {
    const root: JsonObject = { $defs: { name: { type: 'string', maxLength: 3 } } }
    const names = fc.sample(compile(root, { $ref: '#/$defs/name', minLength: 3 }), { seed: 1, numRuns: 20 }) as string[]
    for (const name of names) expect([...name].length).to.equal(3)
  })

  it('makes __proto__ an own key', () => {
    const open: JsonObject = {
      type: 'object',
      additionalProperties: { const: 1 },
      propertyNames: { 'x-valid': ['__proto__'] },
      minProperties: 1,
    }
    const value = fc.sample(compile(open, open), { seed: 1, numRuns: 1 })[0] as Json
    expect(JSON.stringify(value)).to.equal('{"__proto__":1}')
    expect(Object.getPrototypeOf(value)).to.equal(Object.prototype)
  })

  it('says which type it does not know', () => expect(() => compile({}, { type: 'decimal' })).to.throw("no type 'decimal'"))
})
