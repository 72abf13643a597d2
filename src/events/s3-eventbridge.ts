import type { EventSource, Json, JsonObject, Trigger } from '../model/index.js'
import { filtersOf, under } from './admit-records.js'
import { storedOf } from './capture/messages.js'
import { REGION } from './envelope.js'
import { matchesPattern } from './event-pattern.js'
import { bySecond } from './eventbridge-event.js'
import { fitPattern } from './fit-pattern.js'
import { readEventSchema } from './read-schema.js'
import { fitObject, type S3Object, s3 } from './s3.js'

interface StoredWire {
  readonly bucket: string
  readonly object: S3Object & { readonly eventId: string }
}

const wireOf = (wire: Json): StoredWire => wire as unknown as StoredWire
const EVENT_ID = '17793124-05d4-b198-2fde-7ededc63b103'

/** An object was created or deleted, told through EventBridge: the key is not URL-encoded here. */
export const s3Eventbridge: EventSource = {
  id: 's3-eventbridge',
  service: 'Amazon S3 through EventBridge',
  contract: 'async',
  get schema() {
    return readEventSchema('s3-eventbridge')
  },
  templates: (trigger, names) =>
    filtersOf(trigger).flatMap((filter) => {
      const made = s3.templates(trigger, names).map((wire) => {
        const { bucket, objects } = wire as unknown as { bucket: string; objects: readonly [JsonObject] }
        return fitStored({ bucket, object: { ...objects[0], principal: '111122223333', eventId: EVENT_ID } }, trigger, filter)
      })
      return [...new Map(made.map((one) => [JSON.stringify(one), one])).values()]
    }),
  honour: (sample, trigger) => {
    const filters = filtersOf(trigger)
    return fitStored(sample as JsonObject, trigger, filters[wireOf(sample).object.time % filters.length])
  },
  toEvent,
  fromEvent: storedOf,
  admits: (event, { filters = [] }: Trigger) => filters.length === 0 || filters.some((filter) => matchesPattern(event, filter)),
  supply: () => undefined,
  recipe: (wire) => {
    const { bucket, object } = wireOf(wire)
    return s3.recipe({ bucket, objects: [object as unknown as Json] }, {})
  },
}

const isRemoved = (operation: string): boolean => operation.startsWith('Delete')

/** The object with what the rule's pattern asks of bucket, key and kind of event. */
function fitStored(wire: JsonObject, trigger: Trigger, filter: JsonObject | undefined): Json {
  const { bucket, object } = wireOf(wire)
  const asked = under(under(filter, 'detail'), 'object')?.['key']
  const fitted = asked === undefined ? {} : (fitPattern({ key: object.key }, { key: asked }) as JsonObject)
  const types = filter?.['detail-type']
  const operation =
    !Array.isArray(types) || types.includes(typeOf(object.operation))
      ? object.operation
      : types.includes('Object Created')
        ? 'Put'
        : 'Delete'
  const named = under(under(filter, 'detail'), 'bucket')?.['name']
  const owned = Array.isArray(named) && typeof named[0] === 'string' ? named[0] : bucket
  const made = fitObject({ ...(object as unknown as JsonObject), ...fitted, operation }, { ...trigger, s3Events: ['*'] })
  return { ...wire, bucket: trigger.resource ?? owned, object: made }
}

const typeOf = (operation: string): string => (isRemoved(operation) ? 'Object Deleted' : 'Object Created')

const REASONS: Readonly<Record<S3Object['operation'], string>> = {
  Put: 'PutObject',
  Post: 'POST Object',
  Copy: 'CopyObject',
  CompleteMultipartUpload: 'CompleteMultipartUpload',
  Delete: 'DeleteObject',
  DeleteMarkerCreated: 'DeleteObject',
}

function toEvent(input: Json): Json {
  const { bucket, object } = wireOf(input)
  const removed = isRemoved(object.operation)
  return {
    version: '0',
    id: object.eventId,
    'detail-type': typeOf(object.operation),
    source: 'aws.s3',
    account: '111122223333',
    time: bySecond(object.time),
    region: REGION,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: {
        key: object.key.toWellFormed(),
        ...(removed ? {} : { size: object.size, etag: object.eTag }),
        ...(object.versionId === undefined ? {} : { 'version-id': object.versionId }),
        sequencer: object.sequencer,
      },
      'request-id': object.requestId,
      requester: object.principal,
      'source-ip-address': object.sourceIp,
      reason: REASONS[object.operation],
      ...(removed ? { 'deletion-type': object.operation === 'Delete' ? 'Permanently Deleted' : 'Delete Marker Created' } : {}),
    },
  }
}
