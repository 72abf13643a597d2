import type { Json } from '../../model/index.js'
import { EPOCH } from '../envelope.js'
import { objectOf, textOf } from './http.js'
import { recordsFrom } from './records.js'

/** The mail behind a captured event of SES; undefined for another event. */
export function mailOf(event: Json): Json | undefined {
  const record = recordsFrom(event, 'aws:ses')?.[0]
  if (record === undefined) return undefined
  const ses = objectOf(record['ses'])
  const mail = objectOf(ses['mail'])
  const receipt = objectOf(ses['receipt'])
  const common = objectOf(mail['commonHeaders'])
  const listed = (value: Json | undefined): readonly string[] | undefined =>
    Array.isArray(value) ? value.map(String) : undefined
  const [cc, replyTo] = [listed(common['cc']), listed(common['replyTo'])]
  const name = /^(.+) <.*>$/s.exec(listed(common['from'])?.[0] ?? '')?.[1]
  const headers = (Array.isArray(mail['headers']) ? mail['headers'] : []).map(objectOf)
  const free = headers.filter((header) => /^X-/i.test(textOf(header['name'], '')))
  return {
    from: textOf(mail['source'], 'sender@example.com'),
    ...(name === undefined ? {} : { fromName: name }),
    to: listed(mail['destination']) ?? ['inbox@example.org'],
    ...(cc === undefined ? {} : { cc }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(typeof common['subject'] === 'string' ? { subject: common['subject'] } : {}),
    headers: Object.fromEntries(free.map((header) => [textOf(header['name'], 'X-Other'), textOf(header['value'], '-')])),
    messageId: 'o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1',
    time: EPOCH,
    spam: textOf(objectOf(receipt['spamVerdict'])['status'], 'PASS'),
    ...(typeof receipt['dmarcPolicy'] === 'string' ? { dmarcPolicy: receipt['dmarcPolicy'] } : {}),
    invocation: textOf(objectOf(receipt['action'])['invocationType'], 'Event'),
  }
}
