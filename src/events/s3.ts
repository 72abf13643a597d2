import { setAt } from '../generate/index.js'
import { type EventSource, type Json, type JsonObject, SLOT, type Trigger, tokensOf } from '../model/index.js'
import { recordsOf } from './admit-records.js'
import { objectsOf } from './capture/records.js'
import { EPOCH, REGION } from './envelope.js'
import { matchesWildcard } from './event-pattern.js'
import { readEventSchema } from './read-schema.js'
import { cliOption, shellWord } from './shell-words.js'

export interface S3Object {
  readonly operation: 'Put' | 'Post' | 'Copy' | 'CompleteMultipartUpload' | 'Delete' | 'DeleteMarkerCreated'
  readonly key: string
  readonly size: number
  readonly versionId?: string
  readonly eTag: string
  readonly sequencer: string
  readonly time: number
  readonly principal: string
  readonly sourceIp: string
  readonly requestId: string
}

interface S3Wire {
  readonly bucket: string
  readonly configurationId: string
  readonly objects: readonly S3Object[]
}

const object = (operation: S3Object['operation'], key: string): JsonObject => ({
  operation,
  key,
  size: 1024,
  eTag: 'd41d8cd98f00b204e9800998ecf8427e',
  sequencer: '0062E99A88DC407460',
  time: EPOCH,
  principal: 'AWS:AIDAEXAMPLE0000000001',
  sourceIp: '192.0.2.1',
  requestId: '0123456789ABCDEF',
})

/** An object was put, copied or removed; the key is the uploader's, URL-encoded as S3 encodes it. */
export const s3: EventSource = {
  id: 's3',
  service: 'Amazon S3',
  contract: 'async',
  get schema() {
    return readEventSchema('s3')
  },
  templates: (trigger) => {
    const keys = [SLOT, `uploads/${SLOT}.jpg`, `uploads/${SLOT}.json`, `uploads/${SLOT}.csv`, `uploads/${SLOT}.zip`]
    const bucket = trigger.resource ?? 'bucket'
    const objects = [...keys.map((key) => object('Put', key)), object('Delete', SLOT)]
    const fitted = objects.map((one) => JSON.stringify(fitObject(one, trigger)))
    return [...new Set(fitted)].map((one): Json => ({ bucket, configurationId: 'notify', objects: [JSON.parse(one) as Json] }))
  },
  honour: (sample, trigger) => {
    const wire = sample as unknown as S3Wire
    const objects = wire.objects.map((one) => fitObject(one as unknown as JsonObject, trigger))
    return { ...wire, bucket: trigger.resource ?? wire.bucket, objects } as unknown as Json
  },
  toEvent,
  fromEvent: objectsOf,
  admits,
  supply: (wire, pointer) => {
    const [records, i, , , name] = tokensOf(pointer)
    return records === 'Records' && name === 'versionId'
      ? setAt(wire, `/objects/${i}/versionId`, '096fKKXTRTtl3on89fVO.nfljtsv6qko')
      : undefined
  },
  recipe,
}

const OPERATIONS: Readonly<Record<S3Object['operation'], string>> = {
  Put: 'ObjectCreated:Put',
  Post: 'ObjectCreated:Post',
  Copy: 'ObjectCreated:Copy',
  CompleteMultipartUpload: 'ObjectCreated:CompleteMultipartUpload',
  Delete: 'ObjectRemoved:Delete',
  DeleteMarkerCreated: 'ObjectRemoved:DeleteMarkerCreated',
}

const isNotified = (name: string, { s3Events }: Trigger): boolean =>
  s3Events === undefined || s3Events.some((event) => matchesWildcard(name, event.replace(/^s3:/, '')))

/** An object that the bucket's notification rule tells the function of. */
export function fitObject(one: JsonObject, trigger: Trigger): JsonObject {
  const operations = Object.keys(OPERATIONS) as S3Object['operation'][]
  const [first] = operations.filter((operation) => isNotified(OPERATIONS[operation], trigger))
  const told = isNotified(OPERATIONS[one['operation'] as S3Object['operation']], trigger)
  const { keyPrefix = '', keySuffix = '' } = trigger
  const key = String(one['key'])
  const begun = key.startsWith(keyPrefix) ? key : `${keyPrefix}${key}`
  const ended = begun.endsWith(keySuffix) ? begun : `${begun}${keySuffix}`
  return { ...one, operation: told || first === undefined ? one['operation']! : first, key: ended }
}

/** Event names, prefix and suffix of the notification rule; S3 compares them with the key before it encodes it. */
function admits(event: Json, trigger: Trigger): boolean {
  return recordsOf(event).every((record) => {
    const { object: stored } = record['s3'] as { object: { key: string } }
    const key = decodeURIComponent(stored.key.replaceAll('+', ' '))
    const { keyPrefix = '', keySuffix = '' } = trigger
    return isNotified(String(record['eventName']), trigger) && key.startsWith(keyPrefix) && key.endsWith(keySuffix)
  })
}

/** S3 encodes a key as a form value: space is a plus; `/` and the unreserved signs stay. */
export const encodeKey = (key: string): string =>
  encodeURIComponent(key.toWellFormed())
    .replace(/%2F/g, '/')
    .replace(/%20/g, '+')
    .replace(/[!'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

function toEvent(input: Json): Json {
  const wire = input as unknown as S3Wire
  return { Records: wire.objects.map((one) => record(wire, one)) }
}

function record(wire: S3Wire, one: S3Object): JsonObject {
  const removed = one.operation === 'Delete' || one.operation === 'DeleteMarkerCreated'
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: REGION,
    eventTime: new Date(one.time).toISOString(),
    eventName: `${removed ? 'ObjectRemoved' : 'ObjectCreated'}:${one.operation}`,
    userIdentity: { principalId: one.principal },
    requestParameters: { sourceIPAddress: one.sourceIp },
    responseElements: { 'x-amz-request-id': one.requestId, 'x-amz-id-2': `${one.requestId}/example` },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: wire.configurationId,
      bucket: { name: wire.bucket, ownerIdentity: { principalId: 'A3NL1KOZZKExample' }, arn: `arn:aws:s3:::${wire.bucket}` },
      object: {
        key: encodeKey(one.key),
        ...(one.operation === 'Delete' ? {} : removed ? { eTag: one.eTag } : { size: one.size, eTag: one.eTag }),
        ...(one.versionId === undefined ? {} : { versionId: one.versionId }),
        sequencer: one.sequencer,
      },
    },
  }
}

function recipe(input: Json): readonly string[] {
  const wire = input as unknown as S3Wire
  return wire.objects.map((one) => {
    const where = `--bucket ${shellWord(wire.bucket)} ${cliOption('key', one.key)}`
    if (one.operation.startsWith('Delete')) return `aws s3api delete-object ${where}`
    return `printf '' > ./empty && aws s3api put-object ${where} --body ./empty`
  })
}
