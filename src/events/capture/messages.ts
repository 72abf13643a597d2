import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { ACCOUNT, EPOCH, UUID } from '../envelope.js'
import { contentFrom } from './content.js'
import { objectOf, textOf } from './http.js'
import { recordsFrom } from './records.js'
import { snsMessageOf } from './sns-message.js'

/** The published message behind a captured SNS event; undefined for another event. */
export function publishedOf(event: Json): Json | undefined {
  const records = isJsonObject(event) && Array.isArray(event['Records']) ? event['Records'] : []
  const [record] = records.filter(isJsonObject)
  if (record?.['EventSource'] !== 'aws:sns' || !isJsonObject(record['Sns'])) return undefined
  return snsMessageOf(record['Sns'], contentFrom)
}

/** The records behind a captured Kinesis batch. */
export function streamedOf(event: Json): Json | undefined {
  const records = recordsFrom(event, 'aws:kinesis')
  if (records === undefined) return undefined
  return {
    stream: textOf(records[0]?.['eventSourceARN'], 'stream').split('/').at(-1) ?? 'stream',
    shard: Number(/^shardId-0*(\d+)/.exec(textOf(records[0]?.['eventID'], ''))?.[1] ?? 0),
    records: records.map((record) => {
      const held = objectOf(record['kinesis'])
      return {
        partitionKey: textOf(held['partitionKey'], '1'),
        content: contentFrom(Buffer.from(textOf(held['data'], ''), 'base64').toString('utf8'), 'plain'),
        sequence: '49590338271490256608559692538361571095921575989136588898',
        time: EPOCH,
      }
    }),
  }
}

/** True for the envelope of EventBridge. */
const isEnvelope = (event: Json): event is JsonObject =>
  isJsonObject(event) && typeof event['detail-type'] === 'string' && typeof event['source'] === 'string'

/** What was put behind a captured event of a bus; undefined for another event, such as one of S3. */
export function putOf(event: Json): Json | undefined {
  if (!isEnvelope(event) || event['source'] === 'aws.s3') return undefined
  return {
    source: textOf(event['source'], 'my.app'),
    detailType: textOf(event['detail-type'], 'Example'),
    detail: objectOf(event['detail']),
    resources: Array.isArray(event['resources']) ? event['resources'].map(String) : [],
    id: UUID,
    time: EPOCH,
    account: ACCOUNT,
  }
}

/** The object behind a captured event of S3 on a bus. */
export function storedOf(event: Json): Json | undefined {
  if (!isEnvelope(event) || event['source'] !== 'aws.s3') return undefined
  const detail = objectOf(event['detail'])
  const object = objectOf(detail['object'])
  const operation = OPERATIONS[textOf(detail['reason'], '')] ?? (event['detail-type'] === 'Object Deleted' ? 'Delete' : 'Put')
  return {
    bucket: textOf(objectOf(detail['bucket'])['name'], 'bucket'),
    object: {
      operation:
        operation === 'Delete' && detail['deletion-type'] === 'Delete Marker Created' ? 'DeleteMarkerCreated' : operation,
      key: textOf(object['key'], 'key'),
      size: typeof object['size'] === 'number' ? object['size'] : 1_024,
      ...(typeof object['version-id'] === 'string' ? { versionId: object['version-id'] } : {}),
      eTag: 'd41d8cd98f00b204e9800998ecf8427e',
      sequencer: '0062E99A88DC407460',
      time: EPOCH,
      principal: '111122223333',
      sourceIp: '192.0.2.1',
      requestId: '0123456789ABCDEF',
      eventId: UUID,
    },
  }
}

const OPERATIONS: Readonly<Record<string, string>> = {
  PutObject: 'Put',
  'POST Object': 'Post',
  CopyObject: 'Copy',
  CompleteMultipartUpload: 'CompleteMultipartUpload',
  DeleteObject: 'Delete',
}
