// The same, looking at what was not taken.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'

const bus = new EventBridgeClient({})

export const handler = async ({ Records }) => {
  const Entries = Records.map(({ body }) => ({ Source: 'orders', DetailType: 'placed', Detail: JSON.stringify({ body }) }))
  const { FailedEntryCount = 0 } = await bus.send(new PutEventsCommand({ Entries }))
  if (FailedEntryCount > 0) throw new Error(`${FailedEntryCount} events were not taken`)
}
