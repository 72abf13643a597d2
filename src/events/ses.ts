import { setAt } from '../generate/index.js'
import { type EventSource, escapeToken, type Json, type JsonObject, SLOT } from '../model/index.js'
import { mailOf } from './capture/mail.js'
import { ACCOUNT, EPOCH, REGION } from './envelope.js'
import { readEventSchema } from './read-schema.js'
import { shellWord } from './shell-words.js'

interface Mail {
  readonly from: string
  readonly fromName?: string
  readonly to: readonly string[]
  readonly cc?: readonly string[]
  readonly replyTo?: readonly string[]
  readonly subject?: string
  readonly headers: Readonly<Record<string, string>>
  readonly messageId: string
  readonly time: number
  readonly spam: string
  readonly dmarcPolicy?: string
  readonly invocation: string
}

const wireOf = (wire: Json): Mail => wire as unknown as Mail

/** A mail that anybody sent to an address of the owner's. */
export const ses: EventSource = {
  id: 'ses',
  service: 'Amazon SES',
  contract: 'async',
  get schema() {
    return readEventSchema('ses')
  },
  templates: () => [
    {
      from: `${SLOT}@example.com`,
      fromName: SLOT,
      to: [`${SLOT}@example.org`],
      subject: SLOT,
      headers: {},
      messageId: 'o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1',
      time: EPOCH,
      spam: 'PASS',
      invocation: 'Event',
    },
  ],
  honour: (sample) => sample,
  toEvent,
  fromEvent: mailOf,
  supply: (wire, pointer, value) => {
    const [, name] = /^\/Records\/0\/ses\/mail\/commonHeaders\/(cc|replyTo|subject)$/.exec(pointer) ?? []
    if (name === 'subject') return setAt(wire, '/subject', typeof value === 'string' ? value : SLOT)
    return name === undefined ? undefined : setAt(wire, `/${escapeToken(name)}`, ['other@example.net'])
  },
  recipe,
}

/** Headers end at a line break, and have no blanks around them. */
const line = (text: string): string => text.toWellFormed().trim()

const fromOf = ({ from, fromName }: Mail): string => (fromName === undefined ? from : `${line(fromName)} <${from}>`)

function headersOf(mail: Mail): readonly (readonly [string, string])[] {
  return [
    ['Return-Path', `<${mail.from}>`],
    ['Received', `from mail.example.com (mail.example.com [192.0.2.1]) by inbound-smtp.${REGION}.amazonaws.com`],
    ['From', fromOf(mail)],
    ['To', mail.to.join(', ')],
    ...(mail.cc === undefined ? [] : [['Cc', mail.cc.join(', ')] as const]),
    ...(mail.replyTo === undefined ? [] : [['Reply-To', mail.replyTo.join(', ')] as const]),
    ...(mail.subject === undefined ? [] : [['Subject', line(mail.subject)] as const]),
    ['Date', new Date(mail.time).toUTCString()],
    ['Message-ID', `<${mail.messageId}@example.com>`],
    ...Object.entries(mail.headers).map(([name, value]) => [name, line(value)] as const),
  ]
}

function toEvent(input: Json): Json {
  const mail = wireOf(input)
  const timestamp = new Date(mail.time).toISOString()
  const passed = { status: 'PASS' }
  return {
    Records: [
      {
        eventSource: 'aws:ses',
        eventVersion: '1.0',
        ses: {
          mail: {
            timestamp,
            source: mail.from,
            messageId: mail.messageId,
            destination: mail.to,
            headersTruncated: false,
            headers: headersOf(mail).map(([name, value]) => ({ name, value })),
            commonHeaders: commonHeaders(mail),
          },
          receipt: {
            timestamp,
            processingTimeMillis: 574,
            recipients: mail.to,
            spamVerdict: { status: mail.spam },
            virusVerdict: passed,
            spfVerdict: passed,
            dkimVerdict: passed,
            dmarcVerdict: passed,
            ...(mail.dmarcPolicy === undefined ? {} : { dmarcPolicy: mail.dmarcPolicy }),
            action: {
              type: 'Lambda',
              functionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:function`,
              invocationType: mail.invocation,
            },
          },
        },
      },
    ],
  }
}

const commonHeaders = (mail: Mail): JsonObject => ({
  returnPath: mail.from,
  from: [fromOf(mail)],
  date: new Date(mail.time).toUTCString(),
  to: mail.to,
  ...(mail.cc === undefined ? {} : { cc: mail.cc }),
  ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
  messageId: `<${mail.messageId}@example.com>`,
  ...(mail.subject === undefined ? {} : { subject: line(mail.subject) }),
})

/** `MX` is the server that takes mail for the owner's domain. */
function recipe(input: Json): readonly string[] {
  const mail = wireOf(input)
  const own = headersOf(mail).filter(([name]) => !/^(?:Return-Path|Received|Date|Message-ID)$/.test(name))
  const text = Buffer.from(`${own.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n\r\n`).toString('base64')
  const to = mail.to.map((address) => `--mail-rcpt ${shellWord(address)}`).join(' ')
  return [`base64 -d <<< ${text} | curl "smtp://$MX" --mail-from ${shellWord(mail.from)} ${to} -T -`]
}
