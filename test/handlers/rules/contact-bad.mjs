import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses'

const ses = new SESClient({})

/** The contact form: a mail to the shop. */
export const handler = async (event) => {
  const form = JSON.parse(event.body ?? '{}')
  if (!form.subject || !form.text) return { statusCode: 422, body: 'subject and text are needed' }
  const mail = [
    'From: form@example.invalid',
    'To: shop@example.invalid',
    `Subject: ${form.subject}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    form.text,
  ].join('\r\n')
  await ses.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(mail) } }))
  return { statusCode: 202, body: 'sent' }
}
