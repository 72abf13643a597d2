import { randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../model/index.js'
import { type Answer, type AwsService, arn, listOf, ok, type Place, textOf } from './service.js'

const accepted = (): Answer => ok({ MessageId: randomUUID() })

/** Mail that is accepted and goes nowhere. SES v1 (Query) and v2 (REST-JSON) share the signing name and these operations. */
export const ses: AwsService = {
  service: 'ses',
  operations: {
    SendEmail: accepted,
    SendRawEmail: accepted,
    SendTemplatedEmail: accepted,
    SendBulkTemplatedEmail: ({ params }) =>
      ok({ Status: listOf(params.Destinations).map(() => ({ Status: 'Success', MessageId: randomUUID() })) }),
    SendBulkEmail: ({ params }) =>
      ok({ BulkEmailEntryResults: listOf(params.BulkEmailEntries).map(() => ({ Status: 'SUCCESS', MessageId: randomUUID() })) }),
  },
  resources: (operation, params, place) => {
    const identity = identityOf(operation, params, place)
    const template =
      textOf(params.Template) ??
      (isJsonObject(params.Content) && isJsonObject(params.Content.Template)
        ? textOf(params.Content.Template.TemplateName)
        : undefined)
    return [identity, template === undefined ? undefined : arn('ses', place, `template/${template}`)].filter(
      (name) => name !== undefined,
    )
  },
}

function identityOf(operation: string, params: JsonObject, place: Place): string | undefined {
  const given = textOf(params.SourceArn) ?? textOf(params.FromArn) ?? textOf(params.FromEmailAddressIdentityArn)
  if (given !== undefined) return given
  const source =
    textOf(params.Source) ?? textOf(params.FromEmailAddress) ?? (operation === 'SendRawEmail' ? rawSource(params) : undefined)
  if (source === undefined) return undefined
  return arn('ses', place, `identity/${/<([^<>]+)>\s*$/.exec(source)?.[1] ?? source}`)
}

/** The From line of a raw message. */
function rawSource({ RawMessage }: JsonObject): string | undefined {
  if (!isJsonObject(RawMessage) || typeof RawMessage.Data !== 'string') return undefined
  const head = RawMessage.Data.slice(0, 32_768).split(/\r?\n\r?\n/, 1)[0]!
  return /^From:[ \t]*([^\r\n]+)/im.exec(head)?.[1]?.trim()
}
