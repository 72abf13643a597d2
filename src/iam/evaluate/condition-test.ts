import { isJsonObject, type Json } from '../../model/index.js'
import { nearest } from '../nearest.js'
import { OPERATOR_NAMES, operatorNamed } from './operators.js'

/** One key under one operator of a Condition block. */
export interface ConditionTest {
  /** As written: `ForAllValues:StringLikeIfExists`. */
  readonly written: string
  /** The operator's own name, in AWS's case: `StringLike`; undefined: IAM has none of this name. */
  readonly operator: string | undefined
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined
  readonly ifExists: boolean
  /** As written; compared without regard to case. */
  readonly key: string
  readonly values: readonly string[]
}

/** What is wrong at a place of the block: `StringEqual.aws:username`. `lost`: what it asks for cannot be told. */
export type TellProblem = (place: string, why: string, lost: boolean) => void

/** Reads a Condition block; what cannot be read becomes a test that never holds, and is told. */
export function readConditions(condition: Json | undefined, tell: TellProblem): readonly ConditionTest[] {
  if (condition === undefined) return []
  if (!isJsonObject(condition)) {
    tell('', `Condition must be an object, not ${Array.isArray(condition) ? 'a list' : typeof condition}`, true)
    return [unreadable('unreadable')]
  }
  return Object.entries(condition).flatMap(([written, block]) => {
    if (isJsonObject(block)) return Object.entries(block).map(([key, value]) => readTest(written, key, value, tell))
    tell(written, 'An operator takes an object of condition keys', true)
    return [unreadable(written)]
  })
}

const unreadable = (written: string): ConditionTest => ({
  ...{ written, operator: undefined, set: undefined, ifExists: false, key: 'unreadable', values: [] },
})

function readTest(written: string, key: string, value: Json, tell: TellProblem): ConditionTest {
  const [set, rest] = setOf(written)
  const ifExists = /ifexists$/i.test(rest)
  const name = ifExists ? rest.slice(0, -'IfExists'.length) : rest
  const operator = operatorNamed(name)
  const place = `${written}.${key}`
  if (operator === undefined) {
    const near = nearest(name, OPERATOR_NAMES)
    tell(place, `IAM knows no such condition operator${near === undefined ? '' : `. Did you mean '${near}'?`}`, true)
  }
  if (operator === 'Null' && ifExists) tell(place, 'Null takes no IfExists: it is read as Null', false)
  const list = Array.isArray(value) ? (value as readonly Json[]) : [value]
  const values = list.filter((entry) => typeof entry !== 'object').map(String)
  if (values.length < list.length || values.length === 0) tell(place, 'Its values must be strings, numbers or booleans', true)
  if (/^String(Not)?Equals/.test(operator ?? '') && values.some((text) => withoutVariables(text).includes('*')))
    tell(place, `${operator} compares by the letter: * stands for nothing else here. StringLike knows wildcards`, false)
  return { written, operator, set, ifExists, key, values }
}

function setOf(written: string): readonly [ConditionTest['set'], string] {
  const colon = written.indexOf(':')
  const set = (['ForAllValues', 'ForAnyValue'] as const).find(
    (one) => one.toLowerCase() === written.slice(0, colon).toLowerCase(),
  )
  return [set, set === undefined ? written : written.slice(colon + 1)]
}

const withoutVariables = (text: string): string => text.replace(/\$\{[^{}]*\}/g, '')
