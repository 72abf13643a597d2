import { isJsonObject, type Json } from '../../model/index.js'
import { ACCOUNT, EPOCH, UUID } from '../envelope.js'
import { objectOf, textOf } from './http.js'
import { objectsOf } from './records.js'
import { snsMessageOf } from './sns-message.js'

/** What a text was made of; `plain`: whatever it looks like, it is the sender's own. */
export function contentFrom(text: string, plain?: 'plain'): Json {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return { kind: 'text', text }
  }
  if (typeof value !== 'object' || value === null) return { kind: 'text', text }
  return (plain === undefined && isJsonObject(value) ? envelope(value) : undefined) ?? { kind: 'json', value }
}

function envelope(value: { readonly [key: string]: Json }): Json | undefined {
  if (value['Type'] === 'Notification' && typeof value['TopicArn'] === 'string')
    return { kind: 'sns', notification: snsMessageOf(value, contentFrom) }
  if (typeof value['detail-type'] === 'string' && typeof value['source'] === 'string' && isJsonObject(value['detail'])) {
    const { source, detail, resources } = value
    return {
      kind: 'eventbridge',
      event: {
        source,
        detailType: textOf(value['detail-type'], ''),
        detail: objectOf(detail),
        resources: Array.isArray(resources) ? resources.map(String) : [],
        id: UUID,
        time: EPOCH,
        account: ACCOUNT,
      },
    }
  }
  const stored = objectsOf(value)
  return stored === undefined ? undefined : { kind: 's3', notification: stored }
}
