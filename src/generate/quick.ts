import fc from 'fast-check'

/**
 * An arbitrary that can also make a bare value. Values with all that shrinking needs are most of the cost of an event, and hardly
 * any event is ever shrunk: those that are, are made again from the same random numbers. So `make` draws exactly what `generate` draws.
 */
export abstract class Quick<T> extends fc.Arbitrary<T> {
  abstract make(random: fc.Random, bias: number | undefined): T
}

export const makeOf = <T>(arbitrary: fc.Arbitrary<T>, random: fc.Random, bias: number | undefined): T =>
  arbitrary instanceof Quick ? (arbitrary as Quick<T>).make(random, bias) : arbitrary.generate(random, bias).value

interface Draw {
  readonly random: fc.Random
  readonly bias: number | undefined
}

/** Makes bare values, and knows how to make one again when it is to be shrunk. */
export class Replayed<T> extends fc.Arbitrary<T> {
  readonly inner: fc.Arbitrary<T>

  constructor(inner: fc.Arbitrary<T>) {
    super()
    this.inner = inner
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    const draw: Draw = { random: random.clone(), bias }
    return new fc.Value(makeOf(this.inner, random, bias), draw)
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return this.inner.canShrinkWithoutContext(value)
  }

  override shrink(value: T, context: unknown): fc.Stream<fc.Value<T>> {
    if (context instanceof Again) return this.#further(context.held as fc.Value<T>)
    if (context === undefined) return this.inner.shrink(value, undefined)
    const { random, bias } = context as Draw
    return this.#further(this.inner.generate(random.clone(), bias))
  }

  #further(held: fc.Value<T>): fc.Stream<fc.Value<T>> {
    return this.inner.shrink(held.value_, held.context).map((other) => new fc.Value(other.value_, new Again(other)))
  }
}

/** A value that came of shrinking, with what further shrinking needs. */
class Again {
  readonly held: unknown

  constructor(held: unknown) {
    this.held = held
  }
}

/** Another form of what an arbitrary makes; shrinks as that does. */
export class MapOf<A, B> extends Quick<B> {
  readonly inner: fc.Arbitrary<A>
  readonly change: (value: A) => B

  constructor(inner: fc.Arbitrary<A>, change: (value: A) => B) {
    super()
    this.inner = inner
    this.change = change
  }

  override make(random: fc.Random, bias: number | undefined): B {
    return this.change(makeOf(this.inner, random, bias))
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<B> {
    return this.#of(this.inner.generate(random, bias))
  }

  override canShrinkWithoutContext(_value: unknown): _value is B {
    return false
  }

  override shrink(_value: B, context: unknown): fc.Stream<fc.Value<B>> {
    if (context === undefined) return fc.Stream.nil()
    const held = context as fc.Value<A>
    return this.inner.shrink(held.value_, held.context).map((other) => this.#of(other))
  }

  #of(held: fc.Value<A>): fc.Value<B> {
    return new fc.Value(this.change(held.value), held)
  }
}

/** Two values. */
export class PairOf<A, B> extends Quick<readonly [A, B]> {
  readonly first: fc.Arbitrary<A>
  readonly second: fc.Arbitrary<B>

  constructor(first: fc.Arbitrary<A>, second: fc.Arbitrary<B>) {
    super()
    this.first = first
    this.second = second
  }

  override make(random: fc.Random, bias: number | undefined): readonly [A, B] {
    const first = makeOf(this.first, random, bias)
    return [first, makeOf(this.second, random, bias)]
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<readonly [A, B]> {
    const first = this.first.generate(random, bias)
    return pair(first, this.second.generate(random, bias))
  }

  override canShrinkWithoutContext(_value: unknown): _value is readonly [A, B] {
    return false
  }

  override shrink(_value: readonly [A, B], context: unknown): fc.Stream<fc.Value<readonly [A, B]>> {
    if (context === undefined) return fc.Stream.nil()
    const [first, second] = context as readonly [fc.Value<A>, fc.Value<B>]
    const simplerSecond = this.second.shrink(second.value_, second.context).map((other) => pair(first, other))
    return this.first
      .shrink(first.value_, first.context)
      .map((other) => pair(other, second))
      .join(simplerSecond)
  }
}

const pair = <A, B>(first: fc.Value<A>, second: fc.Value<B>): fc.Value<readonly [A, B]> =>
  new fc.Value([first.value, second.value] as const, [first, second])
