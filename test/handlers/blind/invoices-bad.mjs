import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}))

function invoiceOf(body) {
  try {
    const { type, invoice } = JSON.parse(body)
    return type === 'invoice.issued' && typeof invoice?.number === 'string' ? invoice : undefined
  } catch {
    return undefined
  }
}

const keep = ({ number, total }) =>
  table.send(new PutCommand({ TableName: 'invoices', Item: { number: number.slice(0, 80), total: Number(total) || 0 } }))

/** Keeps invoices; what else comes through the queue is for others. */
export const handler = async ({ Records }) => {
  const invoices = Records.flatMap(({ body }) => invoiceOf(body) ?? [])
  const failed = []
  for (const [i, invoice] of invoices.entries()) {
    try {
      await keep(invoice)
    } catch (error) {
      console.error('not kept', error.name)
      failed.push(Records[i].messageId)
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }
}
