import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'

/** A template's own property; never what every object inherits, whatever hostile name a template asks for. */
export const own = (object: Json | undefined, key: string): Json | undefined =>
  isJsonObject(object) && Object.hasOwn(object, key) ? object[key] : undefined

/** The value at a path of keys. */
export const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((node, key) => own(node, key), value)

/** CloudFormation takes numbers and booleans where texts are wanted, and the other way round. */
export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined

export function numberOf(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

export const isTrue = (value: Json | undefined): boolean => value === true || value === 'true'

/** A list, also where the template gives its only entry alone. */
export const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value as Json]

export const textsOf = (value: Json | undefined): readonly string[] =>
  listOf(value).flatMap((entry) => {
    const text = textOf(entry)
    return text === undefined ? [] : [text]
  })

export const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

export const objectsOf = (value: Json | undefined): readonly JsonObject[] => listOf(value).filter(isJsonObject)

export const entriesOf = (value: Json | undefined): readonly (readonly [string, Json])[] => Object.entries(objectOf(value))
