import fc from 'fast-check'
import type { Json } from '../model/index.js'
import { put } from './edit.js'
import { ChoiceOf } from './list.js'
import { makeOf, Quick } from './quick.js'

export type Entry = readonly [string, Json]

/** A property that an object has, or may have. */
export interface Field {
  readonly key: string
  readonly value: fc.Arbitrary<Json>
  readonly needed: boolean
}

interface Made {
  /** Undefined: left out. */
  readonly fields: readonly (fc.Value<Json> | undefined)[]
  readonly extras: fc.Value<readonly Entry[]>
}

/**
 * Objects of named properties and further ones. What tuples, options and maps of fast-check do together, in one step: objects are
 * most of what is generated. Optional properties are there two times of three. Shrinks by leaving out, then inside.
 */
export class RecordOf extends Quick<Json> {
  readonly fields: readonly Field[]
  readonly extras: fc.Arbitrary<readonly Entry[]>

  constructor(fields: readonly Field[], extras: fc.Arbitrary<readonly Entry[]>) {
    super()
    this.fields = fields
    this.extras = extras
  }

  override make(random: fc.Random, bias: number | undefined): Json {
    const object: Record<string, Json> = this.fields.length === 0 ? anyNames() : {}
    for (const { key, value, needed } of this.fields)
      if (needed || random.nextInt(0, 2) > 0) put(object, key, makeOf(value, random, bias))
    for (const [key, value] of makeOf(this.extras, random, bias)) put(object, key, value)
    return object
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Json> {
    const fields = this.fields.map(({ value, needed }) =>
      needed || random.nextInt(0, 2) > 0 ? value.generate(random, bias) : undefined,
    )
    return this.#of({ fields, extras: this.extras.generate(random, bias) })
  }

  override canShrinkWithoutContext(_value: unknown): _value is Json {
    return false
  }

  override shrink(_value: Json, context: unknown): fc.Stream<fc.Value<Json>> {
    return context === undefined ? fc.Stream.nil() : fc.stream(this.#simpler(context as Made))
  }

  *#simpler({ fields, extras }: Made): IterableIterator<fc.Value<Json>> {
    for (const [i, { needed }] of this.fields.entries())
      if (!needed && fields[i] !== undefined) yield this.#of({ fields: fields.with(i, undefined), extras })
    for (const other of this.extras.shrink(extras.value_, extras.context)) yield this.#of({ fields, extras: other })
    for (const [i, { value }] of this.fields.entries()) {
      const held = fields[i]
      if (held === undefined) continue
      for (const other of value.shrink(held.value_, held.context)) yield this.#of({ fields: fields.with(i, other), extras })
    }
  }

  #of(made: Made): fc.Value<Json> {
    const object: Record<string, Json> = {}
    for (const [i, field] of made.fields.entries()) if (field !== undefined) put(object, this.fields[i]!.key, field.value)
    for (const [key, value] of made.extras.value) put(object, key, value)
    return new fc.Value<Json>(object, made)
  }
}

/** An empty object that V8 takes for a dictionary: names that never come again would each make a class of its own. */
function anyNames(): Record<string, Json> {
  const object: Record<string, Json> = { a: null, b: null }
  delete object['a']
  delete object['b']
  return object
}

/** The one property that each object has: a choice instead of a search. */
export const oneFieldOf = (fields: readonly Field[]): fc.Arbitrary<Json> =>
  new ChoiceOf(fields.map(({ key, value }) => new RecordOf([{ key, value, needed: true }], fc.constant([]))))
