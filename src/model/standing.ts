import { isJsonObject, type Json, type JsonObject } from './json.js'
import type { AwsFixture } from './target.js'

/** An item that is in its table while an event of the table's stream is looked at. */
export interface StandingItem {
  readonly table: string
  /** Names of the table's key attributes. */
  readonly keys: readonly string[]
  /** In DynamoDB's type-tagged JSON, as far as the event shows it; not checked. */
  readonly item: JsonObject
}

/** What AWS has and says during one execution alone. */
export interface Planted {
  readonly n: number
  readonly answers: readonly AwsFixture[]
  /** Items that its event tells of. */
  readonly items: readonly StandingItem[]
}

const MOST = 100

/** Items that an event (JSON text) says were written. A stream that shows no new image tells of their keys alone. */
export function standingItems(text: string): readonly StandingItem[] {
  if (!text.includes('"aws:dynamodb"')) return []
  const event = JSON.parse(text) as Json
  const records = isJsonObject(event) && Array.isArray(event['Records']) ? (event['Records'] as readonly Json[]) : []
  return records.slice(0, MOST).flatMap((record) => {
    if (!isJsonObject(record) || record['eventName'] === 'REMOVE') return []
    const { eventSourceARN, dynamodb } = record
    const table = /^arn:[^/]{1,200}:table\/([^/]+)/.exec(String(eventSourceARN))?.[1]
    const keys = objectIn(dynamodb, 'Keys')
    if (table === undefined || keys === undefined) return []
    return [{ table, keys: Object.keys(keys), item: { ...objectIn(dynamodb, 'NewImage'), ...keys } }]
  })
}

function objectIn(holder: Json | undefined, name: string): JsonObject | undefined {
  const value = isJsonObject(holder ?? null) ? (holder as JsonObject)[name] : undefined
  return isJsonObject(value ?? null) ? (value as JsonObject) : undefined
}
