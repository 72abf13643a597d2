import { isJsonObject, type Json } from './json.js'
import type { Outcome } from './observation.js'

/** Ids that a consumer of a batch reports as failed; undefined where it did not return, or where what it returned means the whole batch. */
export function failedIds(outcome: Outcome | undefined): readonly string[] | undefined {
  if (outcome?.kind !== 'returned') return undefined
  const value = parsed(outcome.text)
  const failures = isJsonObject(value) ? (value['batchItemFailures'] ?? []) : []
  if (!Array.isArray(failures)) return undefined
  const ids = failures.map((one: Json) => (isJsonObject(one) ? one['itemIdentifier'] : undefined))
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : undefined
}

/** What the records of a batch are reported by: message ids of SQS, sequence numbers of streams. */
export function recordIds(event: string | undefined): readonly string[] {
  const value = parsed(event ?? 'null')
  const records = isJsonObject(value) && Array.isArray(value['Records']) ? (value['Records'] as readonly Json[]) : []
  return records.filter(isJsonObject).flatMap(({ messageId, kinesis, dynamodb }) => {
    const number = isJsonObject(kinesis)
      ? kinesis['sequenceNumber']
      : isJsonObject(dynamodb)
        ? dynamodb['SequenceNumber']
        : messageId
    return typeof number === 'string' ? [number] : []
  })
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}
