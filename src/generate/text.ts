import fc from 'fast-check'
import { Quick } from './quick.js'

/**
 * Text made by a few draws of a random number. A list of arbitraries, one for each sign, costs ten times as much. Shrinks to shorter
 * texts, then to plainer ones, that pass the same check.
 */
export class Text extends Quick<string> {
  readonly draw: (random: fc.Random, small: boolean) => string
  readonly passes: (text: string) => boolean

  constructor(draw: (random: fc.Random, small: boolean) => string, passes: (text: string) => boolean) {
    super()
    this.draw = draw
    this.passes = passes
  }

  override make(random: fc.Random, bias: number | undefined): string {
    // Small now and then, as fast-check's own are.
    return this.draw(random, bias !== undefined && random.nextInt(1, bias) === 1)
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<string> {
    return new fc.Value(this.make(random, bias), undefined)
  }

  override canShrinkWithoutContext(value: unknown): value is string {
    return typeof value === 'string' && this.passes(value)
  }

  override shrink(value: string): fc.Stream<fc.Value<string>> {
    return fc
      .stream(simpler([...value]))
      .filter((text) => this.passes(text))
      .map((text) => new fc.Value(text, undefined))
  }
}

/** From `least` to `most` code points of an alphabet. */
export function textOf(alphabet: readonly string[], least: number, most: number): Text {
  const known = new Set(alphabet)
  const size = alphabet.length
  return new Text(
    (random, small) => {
      const length = random.nextInt(least, small ? Math.min(most, least + 3) : most)
      let text = ''
      // Three signs of one random number: drawing is what texts cost.
      for (let i = 0, drawn = 0; i < length; i++) {
        drawn = i % 3 === 0 ? random.nextInt(0, 0x3fff_ffff) : Math.floor(drawn / size)
        text += alphabet[drawn % size]
      }
      return text
    },
    (text) => {
      const signs = [...text]
      return signs.length >= least && signs.length <= most && signs.every((sign) => known.has(sign))
    },
  )
}

function* simpler(signs: readonly string[]): IterableIterator<string> {
  for (let size = signs.length; size >= 1; size = Math.floor(size / 2))
    for (let at = 0; at + size <= signs.length; at += size) yield [...signs.slice(0, at), ...signs.slice(at + size)].join('')
  for (const plain of ['a', '0', 'A'])
    for (const [at, sign] of signs.entries())
      if (sign > plain) yield [...signs.slice(0, at), plain, ...signs.slice(at + 1)].join('')
}
