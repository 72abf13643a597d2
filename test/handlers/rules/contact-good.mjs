import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses'

const ses = new SESClient({})
const oneLine = (text) =>
  String(text)
    .replace(/[\r\n\u0085\u2028\u2029]+/g, ' ')
    .slice(0, 200)

/** The contact form: a mail to the shop. */
export const handler = async (event) => {
  const form = parse(event.body)
  if (!form?.subject || !form.text) return { statusCode: 422, body: 'subject and text are needed' }
  const headers = ['From: form@example.invalid', 'To: shop@example.invalid', `Subject: ${oneLine(form.subject)}`]
  const mail = `${headers.join('\r\n')}\r\n\r\n${String(form.text)}`
  await ses.send(new SendRawEmailCommand({ RawMessage: { Data: Buffer.from(mail) } }))
  return { statusCode: 202, body: 'sent' }
}

const parse = (body) => {
  try {
    return JSON.parse(body ?? '{}')
  } catch {
    return null
  }
}
