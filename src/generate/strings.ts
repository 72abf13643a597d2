import fc from 'fast-check'
import type { JsonObject } from '../model/index.js'

/**
 * Text as people send it: mostly printable ASCII, some other scripts and signs outside the BMP.
 * fast-check's `unit: 'binary'` costs 400 ms once, so the alphabet is our own.
 */
const unit = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\u00e9',
      '\u00df',
      '\u0130',
      '\u03a9',
      '\u6f22',
      '\u0639',
      '\u200b',
      '\u202e',
      '\u{1f600}',
      '\u{10348}',
      '\t',
      '\n',
    ),
  },
)

const formats: Readonly<Record<string, () => fc.Arbitrary<string>>> = {
  uuid: () => fc.uuid({ version: [1, 4, 5] }),
  'date-time': () => fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }).map((date) => date.toISOString()),
}

/** Strings of a `type: string` schema: x-valid, format, pattern, length. */
export function stringArbitrary(schema: JsonObject): fc.Arbitrary<string> {
  const valid = schema['x-valid']
  if (Array.isArray(valid)) return fc.constantFrom(...valid.map(String))
  const min = numberOr(schema['minLength'], 0)
  const max = numberOr(schema['maxLength'], Math.max(min, 40))
  const format = formats[String(schema['format'])]
  if (format !== undefined) return format()
  const pattern = schema['pattern']
  if (typeof pattern !== 'string' || isTextClass(pattern)) return plain(min, max)
  const inBounds = (text: string) => text.length >= min && text.length <= Math.max(max, min)
  const made = fc.stringMatching(new RegExp(pattern), { size: 'medium' })
  return 'maxLength' in schema || 'minLength' in schema ? made.filter(inBounds) : made
}

// A pattern that only lists the service's character ranges: every sign of our alphabet is in it.
const isTextClass = (pattern: string): boolean => pattern.includes('\\u{10FFFF}')

const plain = (min: number, max: number): fc.Arbitrary<string> =>
  // Length is measured in UTF-16 units by the schema's author and in code points by JSON Schema: stay below both.
  fc.array(unit, { minLength: min, maxLength: Math.max(min, Math.floor(max / 2)) }).map((units) => units.join(''))

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)
