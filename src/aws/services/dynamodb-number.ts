import { invalid } from './dynamodb-error.js'

/** `digits * 10 ** exponent`; no trailing zeros in `digits`, so equal numbers are equal in both. */
export interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

const ZERO: Decimal = { digits: 0n, exponent: 0 }
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i
const NOT_A_NUMBER = 'The parameter cannot be converted to a numeric value'
// AWS: 38 significant digits, magnitudes from 1E-130 to 9.99E+125
const MOST_DIGITS = 38

/** Reads a number of the wire; throws DynamoError when DynamoDB cannot keep it. */
export function decimalOf(text: string): Decimal {
  const [, sign, whole = '', fraction = '', power = '0'] = NUMBER.exec(text) ?? []
  if (text === '') throw invalid(NOT_A_NUMBER)
  if (whole + fraction === '') throw invalid(`${NOT_A_NUMBER}: ${text.slice(0, 200)}`)
  const all = whole + fraction
  let [first, last] = [0, all.length]
  while (first < last && all[first] === '0') first++
  while (last > first && all[last - 1] === '0') last--
  if (first === last) return ZERO
  const exponent = Number(power) - fraction.length + all.length - last
  return checked(sign === '-', all.slice(first, last), exponent)
}

function checked(negative: boolean, digits: string, exponent: number): Decimal {
  const magnitude = digits.length - 1 + exponent
  if (magnitude > 125) throw invalid('Number overflow. Attempting to store a number with magnitude larger than supported range')
  if (magnitude < -130)
    throw invalid('Number underflow. Attempting to store a number with magnitude smaller than supported range')
  if (digits.length > MOST_DIGITS) throw invalid('Attempting to store more than 38 significant digits in a Number')
  return { digits: negative ? -BigInt(digits) : BigInt(digits), exponent }
}

/** The number as DynamoDB gives it back: plain digits, no exponent, no needless zeros. */
export function decimalText({ digits, exponent }: Decimal): string {
  const sign = digits < 0n ? '-' : ''
  const text = String(digits < 0n ? -digits : digits)
  if (exponent >= 0) return sign + text + '0'.repeat(exponent)
  const padded = text.padStart(1 - exponent, '0')
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}

/** Negative, zero or positive, as `a - b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [x, y] = aligned(a, b)
  return x < y ? -1 : Number(x > y)
}

/** The sum or difference; throws DynamoError when it is too large or too long to be kept. */
export function addDecimals(a: Decimal, b: Decimal, sign: 1 | -1): Decimal {
  const [x, y] = aligned(a, b)
  const sum = sign === 1 ? x + y : x - y
  return decimalOf(`${sum}e${Math.min(a.exponent, b.exponent)}`)
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint] {
  const exponent = Math.min(a.exponent, b.exponent)
  const raised = (d: Decimal): bigint => d.digits * 10n ** BigInt(d.exponent - exponent)
  return [raised(a), raised(b)]
}
