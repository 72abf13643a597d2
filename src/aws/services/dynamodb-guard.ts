import { isJsonObject, type JsonObject } from '../../model/index.js'
import { parseCondition } from './dynamodb-condition.js'
import type { Item } from './dynamodb-path.js'
import { type Answer, refuse, textOf } from './service.js'

/** The refusal, when the ConditionExpression does not hold for the item as it is. */
export function conditionProblem(params: JsonObject, present: Item | undefined): Answer | undefined {
  const text = textOf(params.ConditionExpression)
  if (text === undefined || parseCondition(text, params)(present ?? {})) return undefined
  const shown = params.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && present !== undefined ? { Item: present } : undefined
  return refuse('ConditionalCheckFailedException', 'The conditional request failed', 400, shown)
}

/** `attribute_not_exists(pk)` on a put names the table's key: nobody asks it of anything else. */
export function hintedKey({ ConditionExpression, ExpressionAttributeNames: names }: JsonObject, put: Item): string[] {
  const found = [
    ...String(ConditionExpression ?? '')
      .slice(0, 4096)
      .matchAll(/attribute_not_exists\s*\(\s*(#?[\w-]+)\s*\)/gi),
  ].map((match) => match[1]!)
  const resolved = found.map((name) => (name.startsWith('#') && isJsonObject(names) ? String(names[name]) : name))
  return [...new Set(resolved)].filter((name) => Object.hasOwn(put, name))
}
