// Passes messages on in one batch, and trusts that all were taken.
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'

const bus = new EventBridgeClient({})

export const handler = async ({ Records }) => {
  const Entries = Records.map(({ body }) => ({ Source: 'orders', DetailType: 'placed', Detail: JSON.stringify({ body }) }))
  await bus.send(new PutEventsCommand({ Entries }))
}
