import type { JsonObject } from '../../model/json.js'
import { checkOf, isRecord, type Known, listOf, membersOf } from './read.js'

/** class-validator keeps what its decorators say in one place of the process; a class given to `plainToInstance` is looked up there. */
export function fromClass(known: Known): JsonObject | undefined {
  if (typeof known !== 'function') return undefined
  const store = (globalThis as unknown as Known)['classValidatorMetadataStorage'] as Known | undefined
  const { getTargetValidationMetadatas: get } = (store ?? {}) as Record<string, unknown>
  if (typeof get !== 'function') return undefined
  const rules = listOf(get.call(store, known, '', false, false)).filter(isRecord)
  const names = [...new Set(rules.map((rule) => String(rule['propertyName'])))]
  if (names.length === 0) return undefined
  const isOptional = (name: string) =>
    rules.some((rule) => rule['propertyName'] === name && rule['type'] === 'conditionalValidation')
  return {
    type: 'object',
    properties: Object.fromEntries(
      names.map((name) => [name, propertyOf(rules.filter((rule) => rule['propertyName'] === name))]),
    ),
    required: names.filter((name) => !isOptional(name)),
  }
}

function propertyOf(rules: readonly Known[]): JsonObject {
  const parts = rules.map((rule): JsonObject => {
    const name = String(rule['name'] ?? '')
    const [first] = listOf(rule['constraints'])
    if (name === 'isIn' || name === 'isEnum') return membersOf(first)
    const type = /^is(String|Number|Boolean|Array|Object)$/.exec(name)?.[1]?.toLowerCase()
    if (type !== undefined) return { type }
    if (name === 'isInt') return { type: 'integer' }
    const text = /length|matches|isEmail|isUrl|isUuid/i.test(name)
    return checkOf(
      name
        .replace(/^is/, '')
        .replace(/([a-z])L/, '$1_l')
        .toLowerCase(),
      first,
      text ? 'string' : 'number',
    )
  })
  return Object.assign({}, ...parts)
}
