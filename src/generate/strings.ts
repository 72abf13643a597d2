import fc from 'fast-check'
import type { Json, JsonObject } from '../model/index.js'
import { Bounded } from './bounded.js'
import { asExpression, patternText } from './pattern-text.js'
import { textOf } from './text.js'
import { Unsatisfiable } from './unsatisfiable.js'

/**
 * Text as people send it: mostly printable ASCII, some other scripts and signs outside the BMP.
 * fast-check's `unit: 'binary'` costs 400 ms once, so the alphabet is our own.
 */
const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
const OTHERS = [...'\u00e9\u00df\u0130\u03a9\u6f22\u0639\u200b\u202e\u{1f600}\u{10348}\t\n']
const ALPHABET = [...Array.from({ length: 3 }, () => PRINTABLE).flat(), ...OTHERS, ...OTHERS]

const date = () => fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((one) => one.toISOString())

const formats: Readonly<Record<string, () => fc.Arbitrary<string>>> = {
  uuid: () => fc.uuid({ version: [1, 4, 5] }),
  'date-time': date,
  date: () => date().map((text) => text.slice(0, 10)),
  time: () => date().map((text) => text.slice(11)),
  duration: () => fc.integer({ min: 0, max: 999 }).map((n) => `P${n}D`),
  email: () =>
    fc.stringMatching(/^[a-z0-9.]{1,12}[a-z0-9]@[a-z]{1,10}\.(?:com|org)$/).map((text) => text.replace(/\.{2,}|^\./g, 'a')),
  hostname: () => fc.stringMatching(/^[a-z]{1,10}\.(?:example|test)$/),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
  uri: () => fc.stringMatching(/^https:\/\/[a-z]{1,10}\.example\/[a-z0-9/]{0,10}$/),
  'uri-reference': () => fc.stringMatching(/^\/[a-z0-9/]{0,12}$/),
  'json-pointer': () => fc.stringMatching(/^(?:\/[a-z0-9]{1,6}){0,3}$/),
  regex: () => fc.constantFrom('^[a-z]+$', '.*', 'a|b'),
}

/** Strings of a `type: string` schema: x-valid, format, pattern, length (in code points). Throws Unsatisfiable, also for a pattern that is none. */
export function stringArbitrary(schema: JsonObject, pointer = ''): fc.Arbitrary<string> {
  const valid = schema['x-valid']
  if (Array.isArray(valid)) return fc.constantFrom(...valid.map(String))
  const min = numberOr(schema['minLength'], 0)
  const most = schema['maxLength']
  const max = numberOr(most, Math.max(min, 40))
  if (min > max) throw new Unsatisfiable(pointer, `no text has from ${min} to ${max} signs`)
  const pattern = schema['pattern']
  const format = Object.hasOwn(formats, String(schema['format'])) ? formats[String(schema['format'])] : undefined
  const inBounds = (text: string) => {
    const { length } = [...text]
    return length >= min && (typeof most !== 'number' || length <= most)
  }
  if (format !== undefined) return format()
  if (typeof pattern !== 'string') return plain(ALPHABET, min, max)
  if (isTextClass(pattern)) return ofClass(new RegExp(pattern, 'u'), min, max)
  const expected = expression(pattern, pointer)
  const made = patternText(pattern) ?? matching(expected, pointer)
  if (!('maxLength' in schema || 'minLength' in schema)) return made
  return new Bounded(
    made,
    (text) => inBounds(String(text)),
    pointer,
    'pattern, minLength, maxLength',
  ) as fc.Arbitrary<Json> as fc.Arbitrary<string>
}

/** fast-check reads patterns without the `u` flag; a pattern that is none is the schema's author's mistake. */
function expression(pattern: string, pointer: string): RegExp {
  try {
    return asExpression(pattern)
  } catch (error) {
    throw new Error(`The schema cannot be compiled: ${pointer}/pattern is no regular expression (${(error as Error).message})`)
  }
}

/** fast-check knows no look-around: behind one at the start, what follows it is tried. */
function matching(expected: RegExp, pointer: string): fc.Arbitrary<string> {
  const behind = /^\^\(\?!(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)([\s\S]*)$/.exec(expected.source)?.[1]
  try {
    if (behind === undefined) return fc.stringMatching(expected, { size: 'medium' })
    const made = behind === '' ? plain(PRINTABLE, 1, 24) : fc.stringMatching(new RegExp(`^${behind}`), { size: 'medium' })
    return new Bounded(
      made,
      (text) => expected.test(String(text)),
      pointer,
      'pattern',
    ) as fc.Arbitrary<Json> as fc.Arbitrary<string>
  } catch (error) {
    throw new Error(`The schema cannot be compiled: ${pointer}/pattern is beyond it (${(error as Error).message})`)
  }
}

// A pattern that only lists the service's character ranges: those signs of our alphabet that are in it.
const isTextClass = (pattern: string): boolean => pattern.includes('\\u{10FFFF}')

const ofClass = (expression: RegExp, min: number, max: number): fc.Arbitrary<string> =>
  plain(
    ALPHABET.filter((sign) => expression.test(sign)),
    expression.test('') ? min : Math.max(1, min),
    max,
  )

/** Length counts code points, as in JSON Schema: each of our signs is one. */
const plain = (alphabet: readonly string[], minLength: number, most: number): fc.Arbitrary<string> =>
  textOf(alphabet, minLength, Math.max(minLength, Math.min(most, Math.max(minLength, Math.floor(most / 2)))))

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)
