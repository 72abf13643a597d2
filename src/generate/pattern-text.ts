import fc from 'fast-check'
import { Text } from './text.js'

type Draw = (random: fc.Random, small: boolean) => string

/** Where a pattern sets no end. */
const MORE = 10
const SAMPLES = 10
/** Without an anchor anything may follow. */
const ANY = '[ -~]*'
const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
const MANY_SCRIPTS = [
  ...PRINTABLE,
  ...'\u00e9\u00df\u0130\u03a9\u0431\u6f22\u0639\u0627\u0967\u09ea\u0663\u2160\u00bd\u200b\u2028\u0301\u20ac\u{1f600}\u{1f432}\u{10348}\t\n',
]
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: ' \\t' }
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' }

/**
 * Texts of a pattern made of signs, classes, groups, alternatives and repetitions, which is what schemas mostly hold; undefined for
 * any other pattern, which is left to fast-check.
 */
export function patternText(pattern: string): Text | undefined {
  const [, start, written = '', end] = /^(\^?)([\s\S]*?)((?<!\\)\$)?$/.exec(pattern) ?? []
  const inner = `${start === '^' ? '' : ANY}${written}${end === '$' ? '' : ANY}`
  // Named groups, and signs outside the BMP by number, are beyond the reader.
  if (/\\[uUkK]\{/.test(inner)) return undefined
  const expression = asExpression(pattern)
  const reader = new Reader(inner)
  const draw = reader.alternatives()
  if (draw === undefined || !reader.isDone) return undefined
  const passes = (text: string) => expression.test(text)
  const made = new Text(draw, passes)
  return fc.sample(made, { seed: 7, numRuns: SAMPLES }).every(passes) ? made : undefined
}

/** JSON Schema means Unicode; a pattern that is wrong there may be right without. */
export function asExpression(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    return new RegExp(pattern)
  }
}

/** Of two patterns, that one first whose texts mostly have the other too. */
export function narrowerFirst(a: string, b: string): readonly [string, string] {
  const share = (one: string, other: string): number => {
    const texts = patternText(one)
    const expression = new RegExp(other, 'u')
    return texts === undefined
      ? 0
      : fc.sample(texts, { seed: 7, numRuns: SAMPLES }).filter((text) => expression.test(text)).length
  }
  return share(b, a) > share(a, b) ? [b, a] : [a, b]
}

/** Reads a regular expression from left to right; every method gives undefined where it meets what it does not know. */
class Reader {
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  get isDone(): boolean {
    return this.#at === this.#text.length
  }

  alternatives(): Draw | undefined {
    const ways: Draw[] = []
    do {
      const way = this.#sequence()
      if (way === undefined) return undefined
      ways.push(way)
    } while (this.#eat('|'))
    if (ways.length === 1) return ways[0]
    // `^a|b$` anchors each of them differently.
    if (this.#depth === 0) return undefined
    return (random, small) => ways[random.nextInt(0, ways.length - 1)]!(random, small)
  }

  #sequence(): Draw | undefined {
    const parts: Draw[] = []
    while (!this.isDone && !'|)'.includes(this.#text[this.#at]!)) {
      const part = this.#atom()
      const repeated = part === undefined ? undefined : this.#repeated(part)
      if (repeated === undefined) return undefined
      parts.push(repeated)
    }
    return (random, small) => {
      let text = ''
      for (const part of parts) text += part(random, small)
      return text
    }
  }

  #atom(): Draw | undefined {
    if (this.#eat('(?:') || (this.#text[this.#at] === '(' && this.#text[this.#at + 1] !== '?' && this.#eat('('))) {
      this.#depth++
      const inside = this.alternatives()
      this.#depth--
      return this.#eat(')') ? inside : undefined
    }
    if (this.#eat('[')) return one(this.#class())
    if (this.#eat('.')) return one(PRINTABLE)
    if (/^\\[pP]\{/.test(this.#text.slice(this.#at))) return one(this.#property())
    if ('^$*+?{}()[]|/'.includes(this.#text[this.#at]!)) return this.#eat('/') ? () => '/' : undefined
    const sign = this.#sign()
    return sign === undefined ? undefined : [...sign].length > 1 ? one(ranges(sign)) : () => sign
  }

  /** One sign, or for `\d` and the like the ranges that it stands for. */
  #sign(): string | undefined {
    const sign = String.fromCodePoint(this.#text.codePointAt(this.#at)!)
    this.#at += sign.length
    if (sign !== '\\') return sign
    const escaped = this.#text[this.#at++] ?? ''
    if (escaped === 'u' || escaped === 'x') {
      const code = new RegExp(`^[0-9a-fA-F]{${escaped === 'u' ? 4 : 2}}`).exec(this.#text.slice(this.#at))?.[0]
      this.#at += code?.length ?? 0
      return code === undefined ? undefined : String.fromCharCode(Number.parseInt(code, 16))
    }
    if (escaped === 'c' && /[A-Za-z]/.test(this.#text[this.#at] ?? ''))
      return String.fromCharCode(this.#text.charCodeAt(this.#at++) & 31)
    if (Object.hasOwn(CLASSES, escaped)) return CLASSES[escaped]
    if (Object.hasOwn(ESCAPES, escaped)) return ESCAPES[escaped]
    return /[A-Za-z1-9]/.test(escaped) ? undefined : escaped
  }

  /** `\p{Letter}`: those of some signs of many scripts that have it. */
  #property(): readonly string[] | undefined {
    const [written = ''] = /^\\[pP]\{[^}]*\}/.exec(this.#text.slice(this.#at)) ?? []
    this.#at += written.length
    const expression = asExpression(`^${written}$`)
    return expression.unicode ? MANY_SCRIPTS.filter((sign) => expression.test(sign)) : undefined
  }

  #class(): readonly string[] | undefined {
    const isNegated = this.#eat('^')
    const signs: string[] = []
    while (!this.#eat(']')) {
      if (this.isDone) return undefined
      if (/^\\[pP]\{/.test(this.#text.slice(this.#at))) {
        signs.push(...(this.#property() ?? []))
        continue
      }
      const first = this.#sign()
      if (first === undefined) return undefined
      if (first.length > 1 && first.codePointAt(0)! > 0xffff) signs.push(first)
      else if (first.length > 1) signs.push(...ranges(first))
      else if (this.#text[this.#at] === '-' && this.#text[this.#at + 1] !== ']' && this.#eat('-')) {
        const last = this.#sign()
        if (last === undefined || last.length > 1) return undefined
        signs.push(...range(first, last))
      } else signs.push(first)
    }
    return isNegated ? PRINTABLE.filter((sign) => !signs.includes(sign)) : signs
  }

  #repeated(part: Draw): Draw | undefined {
    const [least, most] = this.#bounds()
    this.#eat('?')
    if (least === 1 && most === 1) return part
    if (most < least) return undefined
    return (random, small) => {
      const count = random.nextInt(least, small ? Math.min(most, least + 2) : most)
      let text = ''
      for (let i = 0; i < count; i++) text += part(random, small)
      return text
    }
  }

  #bounds(): readonly [number, number] {
    if (this.#eat('*')) return [0, MORE]
    if (this.#eat('+')) return [1, MORE]
    if (this.#eat('?')) return [0, 1]
    const [whole, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(this.#text.slice(this.#at)) ?? []
    if (whole === undefined) return [1, 1]
    this.#at += whole.length
    const from = Number(least)
    return [from, comma === '' ? from : Math.min(most === '' ? from + MORE : Number(most), from + 4 * MORE)]
  }

  #eat(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }
}

const one = (signs: readonly string[] | undefined): Draw | undefined =>
  signs === undefined || signs.length === 0 ? undefined : (random) => signs[random.nextInt(0, signs.length - 1)]!

/** Signs from one to another; of the many of large ranges some from all over. Lone surrogates are no text. */
function range(first: string, last: string): readonly string[] {
  const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)]
  const step = Math.max(1, Math.floor((to - from) / 200))
  const signs: string[] = []
  for (let code = from; code <= to; code += step) if (code < 0xd800 || code > 0xdfff) signs.push(String.fromCharCode(code))
  return signs
}

/** `A-Za-z0-9_` */
function ranges(text: string): readonly string[] {
  return [...text.matchAll(/(.)-(.)|\\t|[\s\S]/g)].flatMap(([whole, first, last]) =>
    first !== undefined && last !== undefined ? range(first, last) : whole === '\\t' ? ['\t'] : [whole],
  )
}
