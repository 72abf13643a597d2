import type fc from 'fast-check'
import type { Json } from '../model/index.js'
import { makeOf, Quick } from './quick.js'
import { Unsatisfiable } from './unsatisfiable.js'

const TRIES = 200

/**
 * Values of an arbitrary that pass a check, tried a bounded number of times: fast-check's own filter never ends when nothing passes.
 * Shrinks to values that pass.
 */
export class Bounded extends Quick<Json> {
  readonly inner: fc.Arbitrary<Json>
  readonly passes: (value: Json) => boolean
  readonly pointer: string
  readonly why: string

  constructor(inner: fc.Arbitrary<Json>, passes: (value: Json) => boolean, pointer: string, why: string) {
    super()
    this.inner = inner
    this.passes = passes
    this.pointer = pointer
    this.why = why
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Json> {
    return this.#first(
      bias,
      (own) => this.inner.generate(random, own),
      ({ value_ }) => value_,
    )
  }

  override make(random: fc.Random, bias: number | undefined): Json {
    return this.#first(
      bias,
      (own) => makeOf(this.inner, random, own),
      (value) => value,
    )
  }

  #first<T>(bias: number | undefined, make: (bias: number | undefined) => T, heldIn: (made: T) => Json): T {
    for (let i = 0; i < TRIES; i++) {
      // Small values first, then any: a bias may be what keeps every try from passing.
      const made = make(i < TRIES / 2 ? bias : undefined)
      if (this.passes(heldIn(made))) return made
    }
    throw new Unsatisfiable(this.pointer, `none of ${TRIES} values passed ${this.why}`)
  }

  override canShrinkWithoutContext(value: unknown): value is Json {
    return this.inner.canShrinkWithoutContext(value) && this.passes(value)
  }

  override shrink(value: Json, context: unknown): fc.Stream<fc.Value<Json>> {
    return this.inner.shrink(value, context).filter((one) => this.passes(one.value_))
  }
}

/** An arbitrary that is built when the first value is asked for: a recursive schema has no end before that. */
export class Late extends Quick<Json> {
  #built: fc.Arbitrary<Json> | undefined
  readonly build: () => fc.Arbitrary<Json>

  constructor(build: () => fc.Arbitrary<Json>) {
    super()
    this.build = build
  }

  get #inner(): fc.Arbitrary<Json> {
    this.#built ??= this.build()
    return this.#built
  }

  override make(random: fc.Random, bias: number | undefined): Json {
    return makeOf(this.#inner, random, bias)
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Json> {
    return this.#inner.generate(random, bias)
  }

  override canShrinkWithoutContext(value: unknown): value is Json {
    return this.#inner.canShrinkWithoutContext(value)
  }

  override shrink(value: Json, context: unknown): fc.Stream<fc.Value<Json>> {
    return this.#inner.shrink(value, context)
  }
}
