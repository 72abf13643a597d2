import { isJsonObject, type Json, type JsonObject } from '../model/index.js'

/** The item as it is after a PutItem or a plain UpdateItem; undefined where the expression says more than this reads. */
export function itemAfter(before: JsonObject, { Item, UpdateExpression, ...params }: JsonObject): JsonObject | undefined {
  if (isJsonObject(Item ?? null)) return Item as JsonObject
  if (typeof UpdateExpression !== 'string') return undefined
  const names = objectOf(params['ExpressionAttributeNames'])
  const values = objectOf(params['ExpressionAttributeValues'])
  const after: Record<string, Json> = { ...before }
  // Split before each keyword: SET a = :v, b = :w REMOVE c ADD n :one
  for (const clause of UpdateExpression.split(/\b(?=(?:SET|REMOVE|ADD)\s)/i)) {
    const [, keyword = '', list = ''] = /^(SET|REMOVE|ADD)\s+([\s\S]*)$/i.exec(clause.trim()) ?? []
    for (const part of list.split(/,(?![^(]*\))/)) {
      const [, name = '', operand] = /^\s*([#\w]+)\s*(?:=?\s*(?:[^:]*[+-]\s*)?(:\w+))?\s*$/.exec(part) ?? []
      const value = operand === undefined ? undefined : values[operand]
      if (name === '' || (keyword.toUpperCase() !== 'REMOVE' && value === undefined)) return undefined
      const own = String(names[name] ?? name)
      if (value === undefined) delete after[own]
      else after[own] = value
    }
  }
  return after
}

const objectOf = (value: Json | undefined): JsonObject => (isJsonObject(value ?? null) ? (value as JsonObject) : {})
