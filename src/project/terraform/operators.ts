import { isJsonObject, type Json } from '../../model/index.js'
import { unknownValue } from '../unknown-value.js'
import { isSymbolic, isUnknown } from './evaluate.js'

/** `left sign right`; the right side is only looked at where it matters. */
export function binary(sign: string, left: Json, right: () => Json): Json {
  if (sign === '&&') return left === false ? false : left === true ? right() : right() === false ? false : notKnown(left)
  if (sign === '||') return left === true ? true : left === false ? right() : right() === true ? true : notKnown(left)
  const other = right()
  if (isSymbolic(left) || isSymbolic(other)) return notKnown(isSymbolic(left) ? left : other)
  if (sign === '==') return same(left, other)
  if (sign === '!=') return !same(left, other)
  const [a, b] = [Number(left), Number(other)]
  const results: Readonly<Record<string, Json>> = {
    '+': a + b,
    '-': a - b,
    '*': a * b,
    '/': a / b,
    '%': a % b,
    '<': a < b,
    '>': a > b,
    '<=': a <= b,
    '>=': a >= b,
  }
  return results[sign] ?? null
}

const notKnown = (value: Json): Json =>
  isJsonObject(value) && isUnknown(value) ? value : unknownValue('it depends on what is deployed')

const same = (left: Json, right: Json): boolean =>
  typeof left === 'object' || typeof right === 'object'
    ? JSON.stringify(left) === JSON.stringify(right)
    : String(left) === String(right)

export function unary(sign: string, value: Json): Json {
  if (isSymbolic(value)) return notKnown(value)
  return sign === '!' ? value !== true && value !== 'true' : -Number(value)
}
