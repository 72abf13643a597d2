import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { Ajv } from 'ajv'
import { expect } from 'chai'
import { plainToInstance } from 'class-transformer'
import { ArrayMinSize, IsArray, IsEmail, IsIn, IsInt, IsOptional, IsString, Min, MinLength, validateSync } from 'class-validator'
import Joi from 'joi'
import * as superstruct from 'superstruct'
import * as valibot from 'valibot'
import * as yup from 'yup'
import { z } from 'zod'
import { z as z3 } from 'zod/v3'
import { skeletonsOf } from '#src/generate/skeleton.js'
import { carriedSchema } from '#src/harness/carried/index.js'
import type { Json } from '#src/model/index.js'

const rendered = (value: Json): unknown => JSON.parse(JSON.stringify(value).replaceAll('{{canary}}', 'efab2c3d4e5fz'))

class Order {
  name!: string
  email!: string
  kind!: string
  count!: number
  tags!: string[]
  note?: string
}
const rule = (property: keyof Order, ...decorators: readonly PropertyDecorator[]) => {
  for (const decorate of decorators) decorate(Order.prototype, property)
}
rule('name', IsString(), MinLength(15))
rule('email', IsEmail())
rule('kind', IsIn(['view', 'ship']))
rule('count', IsInt(), Min(7))
rule('tags', IsArray(), ArrayMinSize(0))
rule('note', IsOptional(), IsString())

const jsonSchema = {
  type: 'object',
  required: ['name', 'kind', 'count'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 15, pattern: '^[a-z2-7]+$' },
    kind: { enum: ['view', 'ship'] },
    count: { type: 'integer', minimum: 7, multipleOf: 3 },
  },
} as const
const checkJson = new Ajv().compile(jsonSchema)
const box = Type.Object({
  name: Type.String(),
  kind: Type.Union([Type.Literal('view'), Type.Literal('ship')]),
  count: Type.Integer({ minimum: 7 }),
})
const joi = Joi.object({
  name: Joi.string().min(15).required(),
  email: Joi.string().email({ tlds: false }).required(),
  kind: Joi.string().valid('view', 'ship').required(),
  count: Joi.number().integer().min(7).required(),
  code: Joi.string()
    .pattern(/^[A-Z]{3}-\d{2}$/)
    .required(),
  tags: Joi.array().items(Joi.string()).min(2),
})
const yupSchema = yup
  .object({
    name: yup.string().min(15).required(),
    kind: yup.string().oneOf(['view', 'ship']).required(),
    count: yup.number().integer().min(7).required(),
    tags: yup.array().of(yup.string().required()).min(2).required(),
  })
  .noUnknown()
const bot = valibot.strictObject({
  name: valibot.pipe(valibot.string(), valibot.minLength(15)),
  kind: valibot.picklist(['view', 'ship']),
  count: valibot.pipe(valibot.number(), valibot.integer(), valibot.minValue(7)),
  note: valibot.optional(valibot.string()),
  way: valibot.variant('by', [
    valibot.object({ by: valibot.literal('air') }),
    valibot.object({ by: valibot.literal('sea'), port: valibot.string() }),
  ]),
})
const struct = superstruct.object({
  name: superstruct.string(),
  kind: superstruct.enums(['view', 'ship']),
  note: superstruct.optional(superstruct.string()),
  tags: superstruct.size(superstruct.array(superstruct.string()), 2, 4),
  count: superstruct.max(superstruct.min(superstruct.integer(), 7), 20),
  code: superstruct.pattern(superstruct.string(), /^[A-Z]{3}-\d{2}$/),
  folder: superstruct.optional(superstruct.pattern(superstruct.string(), /^\d{0,4}$/)),
  digits: superstruct.size(superstruct.pattern(superstruct.string(), /^\d+$/), 6),
  town: superstruct.refine(superstruct.string(), 'town', (value) => named(value).length > 0),
  title: superstruct.nonempty(superstruct.size(superstruct.string(), 15, 200)),
})
/** A check of the function's own that takes no other text. */
const named = (value: string): string => {
  if (value.length === 0 || value.length > 90) throw new Error('no town')
  return value
}
const four = z.object({
  name: z.string().min(15),
  email: z.email(),
  site: z.url(),
  kind: z.enum(['view', 'ship']),
  count: z.number().int().min(7),
  code: z.string().regex(/^[A-Z]{3}-\d{2}$/),
  tags: z.array(z.string().min(2)).min(2),
  note: z.string().optional(),
  way: z.discriminatedUnion('by', [z.object({ by: z.literal('air') }), z.object({ by: z.literal('sea'), port: z.string() })]),
  when: z.iso.datetime().optional(),
})
const three = z3
  .object({
    name: z3.string().min(15),
    kind: z3.nativeEnum({ View: 'view', Ship: 'ship' } as const),
    count: z3.number().int().min(7),
    tags: z3.array(z3.string()).nonempty(),
    both: z3.object({ a: z3.string() }).and(z3.object({ b: z3.boolean() })),
    text: z3.string().transform((text) => text.length),
    pair: z3.union([z3.string(), z3.number()]).nullable(),
  })
  .strict()

/** Library, its schema as a function carries it, and the library's own judgement. */
const CARRIED: readonly (readonly [string, unknown, (value: unknown) => boolean])[] = [
  ['zod 4', four, (value) => four.safeParse(value).success],
  ['zod 3', three, (value) => three.safeParse(value).success],
  ['joi', joi, (value) => joi.validate(value).error === undefined],
  ['yup', yupSchema, (value) => yupSchema.isValidSync(value, { strict: true })],
  ['valibot', bot, (value) => valibot.safeParse(bot, value).success],
  ['superstruct', struct, (value) => superstruct.is(value, struct)],
  ['TypeBox', box, (value) => Value.Check(box, value)],
  ['ajv, by what it compiled', checkJson, (value) => checkJson(value)],
  ['JSON Schema', jsonSchema, (value) => checkJson(value)],
  ['class-validator', Order, (value) => validateSync(plainToInstance(Order, value as object)).length === 0],
]

describe('a schema that a function carries', () => {
  for (const [library, schema, accepts] of CARRIED)
    it(`of ${library}: what is made of it is accepted, each member once`, () => {
      const carried = carriedSchema(schema)!
      const values = skeletonsOf(carried, 16).map(rendered)
      expect(values.filter((value) => !accepts(value))).to.deep.equal([])
      expect(new Set(values.map((value) => (value as { kind: string }).kind))).to.deep.equal(new Set(['view', 'ship']))
      expect(JSON.stringify(values[0]), 'room for a marker').to.include('efab2c3d4e5fz')
    })

  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error('no')
      },
    },
  )
  const endless: Record<string, unknown> = { kind: 'schema', type: 'array' }
  endless['item'] = endless
  for (const [what, thing] of [
    ['nothing', undefined],
    ['a text', 'object'],
    ['any object', { type: 'order', id: 1 }],
    ['an object without a shape', { type: 'object' }],
    ['a proxy that throws', hostile],
    ['a plain function', () => true],
  ] as const)
    it(`is not seen in ${what}`, () => expect(carriedSchema(thing)).to.equal(undefined))

  it('that holds itself comes to an end', () => {
    expect(JSON.stringify(carriedSchema(endless)).length).to.be.lessThan(1_000)
  })
})
