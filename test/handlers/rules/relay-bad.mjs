import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'

const bus = new EventBridgeClient({})

export async function handler({ Records }) {
  for (const { body } of Records) {
    let note
    try {
      note = JSON.parse(body)
    } catch {
      console.warn('left out: no JSON')
      continue
    }
    if (note?.kind !== 'arrived') continue
    const Detail = JSON.stringify({ parcel: note.parcel ?? null })
    const { FailedEntryCount } = await bus.send(
      new PutEventsCommand({ Entries: [{ Source: 'dock.parcels', DetailType: 'Arrived', Detail }] }),
    )
    if (FailedEntryCount > 0) throw new Error('not told')
    return { batchItemFailures: [] }
  }
  return { batchItemFailures: [] }
}
