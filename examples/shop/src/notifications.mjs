import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses'
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns'
import { textField } from './lib/queue-messages.mjs'

const mail = new SESClient({})
const topics = new SNSClient({})
const TEMPLATES = path.join(import.meta.dirname, '..', 'mail')
const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+$/

const templateOf = async (kind) => {
  try {
    return await readFile(path.join(TEMPLATES, `${path.basename(kind)}.txt`), 'utf8')
  } catch {
    return readFile(path.join(TEMPLATES, 'default.txt'), 'utf8')
  }
}

const fill = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values.get(name) ?? whole)

const notify = async (message) => {
  const email = textField(message, 'email')
  const orderId = textField(message, 'orderId')
  if (email === null || orderId === null || !ADDRESS.test(email)) throw new Error('the message names no order or no mail address')
  const template = await templateOf(textField(message, 'kind', 64) ?? 'default')
  const text = fill(
    template,
    new Map([
      ['orderId', orderId],
      ['name', textField(message, 'name') ?? 'customer'],
    ]),
  )
  await mail.send(
    new SendEmailCommand({
      Source: process.env.MAIL_FROM,
      Destination: { ToAddresses: [email] },
      Message: { Subject: { Data: 'Your order' }, Body: { Text: { Data: text } } },
    }),
  )
  await topics.send(new PublishCommand({ TopicArn: process.env.AUDIT_TOPIC_ARN, Message: JSON.stringify({ orderId, email }) }))
}

export const handler = async (event) => {
  const batchItemFailures = []
  for (const record of event.Records) {
    try {
      await notify(JSON.parse(record.body))
    } catch (error) {
      console.error('message failed', error)
      batchItemFailures.push({ itemIdentifier: record.messageId })
    }
  }
  return { batchItemFailures }
}
