import fc from 'fast-check'
import type { Json, JsonObject } from '../model/index.js'
import { Unsatisfiable } from './unsatisfiable.js'

const numberIn = (schema: JsonObject, keyword: string): number | undefined => {
  const value = schema[keyword]
  return typeof value === 'number' ? value : undefined
}

/** Numbers of a schema: bounds, multiples. */
export function numberArbitrary(schema: JsonObject, type: 'integer' | 'number', pointer: string): fc.Arbitrary<Json> {
  const [above, below] = [numberIn(schema, 'exclusiveMinimum'), numberIn(schema, 'exclusiveMaximum')]
  const low = Math.max(numberIn(schema, 'minimum') ?? Number.NEGATIVE_INFINITY, above ?? Number.NEGATIVE_INFINITY)
  const high = Math.min(numberIn(schema, 'maximum') ?? Number.POSITIVE_INFINITY, below ?? Number.POSITIVE_INFINITY)
  const step = numberIn(schema, 'multipleOf') ?? (type === 'integer' ? 1 : undefined)
  const open = (value: number) => (value === above && value === low) || (value === below && value === high)
  if (low > high || (low === high && open(low))) throw new Unsatisfiable(pointer, `no number is from ${low} to ${high}`)
  if (step !== undefined) return multiples(schema, { low, high, step, open, whole: type === 'integer' }, pointer)
  const [min, max] = reach(low, high, 1e9)
  const fractions = fc.double({ min, max, noNaN: true, noDefaultInfinity: true, minExcluded: open(min), maxExcluded: open(max) })
  const [first, last] = [Math.ceil(min), Math.floor(max)]
  const whole = first + (open(first) ? 1 : 0) <= last - (open(last) ? 1 : 0)
  return whole
    ? fc.oneof(fc.integer({ min: clamp(first + (open(first) ? 1 : 0)), max: clamp(last - (open(last) ? 1 : 0)) }), fractions)
    : fractions
}

interface Multiples {
  readonly low: number
  readonly high: number
  readonly step: number
  readonly whole: boolean
  open(value: number): boolean
}

function multiples(_schema: JsonObject, { low, high, step: given, open, whole }: Multiples, pointer: string): fc.Arbitrary<Json> {
  // A whole number that is a multiple of 0.5 is a multiple of 1; of 1.5, of 3.
  const step = whole && !Number.isInteger(given) ? wholeStep(given) : given
  const [min, max] = reach(low, high, 1e9 * Math.min(1, step))
  let [first, last] = [Math.ceil(min / step), Math.floor(max / step)]
  if (open(first * step)) first++
  if (open(last * step)) last--
  if (first > last) throw new Unsatisfiable(pointer, `no multiple of ${step} is from ${low} to ${high}`)
  return fc.integer({ min: clamp(first), max: clamp(last) }).map((n) => multiple(n, step))
}

/** The number nearest to n times the step that is seen to be its multiple when divided, since most fractions are no binary ones. */
function multiple(n: number, step: number): number {
  if (Number.isInteger(step)) return n * step
  const near = [n * step, Number((n * step).toPrecision(15)), n / Math.round(1 / step)]
  return near.find((one) => Number.isInteger(one / step)) ?? 0
}

/** Of a decimal fraction p / 10^q the whole multiples are those of p without its factors in common with 10^q. */
function wholeStep(step: number): number {
  const [digits = '', exponent = '0'] = step.toExponential().split('e')
  const power = Number(exponent) - (digits.split('.')[1]?.length ?? 0)
  const [whole, scale] = [BigInt(digits.replace('.', '')), 10n ** BigInt(Math.max(0, -power))]
  return Number(whole / commonDivisor(whole, scale))
}

const commonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : commonDivisor(b, a % b))

/** Where a side is open, numbers of ordinary size beside the other. */
function reach(low: number, high: number, size: number): readonly [number, number] {
  if (Number.isFinite(low)) return [low, Number.isFinite(high) ? high : Math.max(low, 0) + size]
  return Number.isFinite(high) ? [Math.min(high, 0) - size, high] : [-size, size]
}

const clamp = (n: number): number => Math.min(Math.max(n, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)
