import type { Json, JsonObject } from '../../model/index.js'
import { isJsonObject } from '../../model/index.js'
import { type Answer, type Ask, listOf, ok, refuse } from './service.js'

/** Does a request for each entry of a batch: what one refuses is among the failed, the others are done. */
export function eachEntry(ask: Ask, run: (ask: Ask) => Answer): Answer {
  const entries = listOf(ask.params.Entries).filter(isJsonObject)
  const problem = batchProblem(entries)
  if (problem !== undefined) return problem
  const { QueueUrl = '' } = ask.params
  const Successful: Json[] = []
  const Failed: Json[] = []
  for (const entry of entries) {
    const answer = run({ ...ask, params: { ...entry, QueueUrl } })
    const { Id = '' } = entry
    if (answer.kind === 'ok') Successful.push({ Id, ...answer.value })
    else Failed.push({ Id, SenderFault: true, Code: answer.code, Message: answer.message })
  }
  return ok({ Successful, ...(Failed.length > 0 ? { Failed } : {}) })
}

// AWS: 1 to 10 entries, distinct ids
function batchProblem(entries: readonly JsonObject[]): Answer | undefined {
  if (entries.length === 0)
    return refuse('AWS.SimpleQueueService.EmptyBatchRequest', 'There should be at least one entry in the request.')
  if (entries.length > 10)
    return refuse('AWS.SimpleQueueService.TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.')
  const distinct = new Set(entries.map(({ Id }) => Id)).size === entries.length
  return distinct
    ? undefined
    : refuse('AWS.SimpleQueueService.BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.')
}
