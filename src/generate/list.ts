import fc from 'fast-check'
import { makeOf, Quick } from './quick.js'
import { Unsatisfiable } from './unsatisfiable.js'

/** Lists of items; what fast-check's own do, without looking for items that could be cloned. Shrinks to shorter ones, then inside. */
export class ListOf<T> extends Quick<readonly T[]> {
  readonly item: fc.Arbitrary<T>
  readonly least: number
  readonly most: number

  constructor(item: fc.Arbitrary<T>, { minLength, maxLength }: { readonly minLength: number; readonly maxLength: number }) {
    super()
    this.item = item
    this.least = minLength
    this.most = Math.max(minLength, maxLength)
  }

  override make(random: fc.Random, bias: number | undefined): readonly T[] {
    const items: T[] = []
    for (let left = this.#length(random); left > 0; left--) items.push(makeOf(this.item, random, bias))
    return items
  }

  #length(random: fc.Random): number {
    return random.nextInt(this.least, Math.min(this.most, this.least + LONGEST))
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<readonly T[]> {
    const length = this.#length(random)
    const items: fc.Value<T>[] = []
    for (let i = 0; i < length; i++) items.push(this.item.generate(random, bias))
    return listFrom(items)
  }

  override canShrinkWithoutContext(_value: unknown): _value is readonly T[] {
    return false
  }

  override shrink(_value: readonly T[], context: unknown): fc.Stream<fc.Value<readonly T[]>> {
    return context === undefined ? fc.Stream.nil() : fc.stream(this.#simpler(context as readonly fc.Value<T>[]))
  }

  *#simpler(items: readonly fc.Value<T>[]): IterableIterator<fc.Value<readonly T[]>> {
    for (let size = items.length - this.least; size >= 1; size = Math.floor(size / 2))
      for (let at = 0; at + size <= items.length; at += size) yield listFrom([...items.slice(0, at), ...items.slice(at + size)])
    for (const [i, held] of items.entries())
      for (const other of this.item.shrink(held.value_, held.context)) yield listFrom(items.with(i, other))
  }
}

/** Where a schema sets no end, or a far one. */
const LONGEST = 10

const listFrom = <T>(items: readonly fc.Value<T>[]): fc.Value<readonly T[]> =>
  new fc.Value(
    items.map(({ value }) => value),
    items,
  )

/** One of several arbitraries, each as often as another. Shrinks within the one that was chosen. */
export class ChoiceOf<T> extends Quick<T> {
  readonly ways: readonly fc.Arbitrary<T>[]

  constructor(ways: readonly fc.Arbitrary<T>[]) {
    super()
    this.ways = ways
  }

  override make(random: fc.Random, bias: number | undefined): T {
    return this.#first(random, (way) => makeOf(way, random, bias))
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<T> {
    return this.#first(random, (way) => chosen(way, way.generate(random, bias)))
  }

  /** A way that shows to have no value leaves it to the next one. */
  #first<R>(random: fc.Random, use: (way: fc.Arbitrary<T>) => R): R {
    const first = random.nextInt(0, this.ways.length - 1)
    for (let tried = 0; ; tried++) {
      try {
        return use(this.ways[(first + tried) % this.ways.length]!)
      } catch (error) {
        if (!(error instanceof Unsatisfiable) || tried === this.ways.length - 1) throw error
      }
    }
  }

  override canShrinkWithoutContext(value: unknown): value is T {
    return this.ways.some((way) => way.canShrinkWithoutContext(value))
  }

  override shrink(value: T, context: unknown): fc.Stream<fc.Value<T>> {
    const { way, inner } = (context as Chosen<T> | undefined) ?? {
      way: this.ways.find((one) => one.canShrinkWithoutContext(value)),
      inner: undefined,
    }
    return way === undefined ? fc.Stream.nil() : way.shrink(value, inner).map((other) => chosen(way, other))
  }
}

interface Chosen<T> {
  readonly way: fc.Arbitrary<T> | undefined
  readonly inner: unknown
}

const chosen = <T>(way: fc.Arbitrary<T>, made: fc.Value<T>): fc.Value<T> =>
  new fc.Value(made.value_, { way, inner: made.context } satisfies Chosen<T>)
