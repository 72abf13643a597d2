import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { EPOCH, UUID } from '../envelope.js'
import { objectOf, textOf } from './http.js'

/** Records of a captured event that all come from one service; undefined for another event. */
export function recordsFrom(event: Json, source: string): readonly JsonObject[] | undefined {
  const records = isJsonObject(event) ? event['Records'] : undefined
  if (!Array.isArray(records) || records.length === 0) return undefined
  const known = records.filter(isJsonObject).filter((record) => record['eventSource'] === source)
  return known.length === records.length ? known : undefined
}

const nameIn = (arn: Json | undefined, otherwise: string): string => textOf(arn, '').split(/[:/]/).at(-1) || otherwise

const OPERATIONS = /^Object(?:Created:(?:Put|Post|Copy|CompleteMultipartUpload)|Removed:(?:Delete|DeleteMarkerCreated))$/

/** The objects behind a captured S3 notification. */
export function objectsOf(event: Json): Json | undefined {
  const records = recordsFrom(event, 'aws:s3')
  const [first] = records ?? []
  const isKnown = (record: JsonObject) => OPERATIONS.test(textOf(record['eventName'], ''))
  if (records === undefined || first === undefined || !records.every(isKnown)) return undefined
  const s3 = objectOf(first['s3'])
  return {
    bucket: textOf(objectOf(s3['bucket'])['name'], 'bucket'),
    configurationId: textOf(s3['configurationId'], 'notify'),
    objects: records.map((record) => objectIn(record)),
  }
}

function objectIn(record: JsonObject): Json {
  const stored = objectOf(objectOf(record['s3'])['object'])
  const [, operation = 'Put'] = textOf(record['eventName'], 'ObjectCreated:Put').split(':')
  return {
    operation,
    key: decoded(textOf(stored['key'], 'key')),
    size: typeof stored['size'] === 'number' ? stored['size'] : 1_024,
    ...(typeof stored['versionId'] === 'string' ? { versionId: stored['versionId'] } : {}),
    eTag: 'd41d8cd98f00b204e9800998ecf8427e',
    sequencer: '0062E99A88DC407460',
    time: EPOCH,
    principal: 'AWS:AIDAEXAMPLE0000000001',
    sourceIp: '192.0.2.1',
    requestId: '0123456789ABCDEF',
  }
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    return key
  }
}

/** The messages behind a captured SQS batch. */
export function messagesOf(event: Json, contentOf: (text: string) => Json): Json | undefined {
  const records = recordsFrom(event, 'aws:sqs')
  if (records === undefined) return undefined
  const queue = nameIn(records[0]?.['eventSourceARN'], 'queue')
  return {
    queue: queue.replace(/\.fifo$/, ''),
    fifo: queue.endsWith('.fifo'),
    messages: records.map((record, i) => ({
      body: contentOf(textOf(record['body'], '')),
      attributes: Object.fromEntries(
        Object.entries(objectOf(record['messageAttributes'])).map(([name, one]) => [name, attributeOf(one)]),
      ),
      groupId: 'group-1',
      deduplicationId: 'dedup-1',
      messageId: `${UUID.slice(0, -1)}${i % 10}`,
      receiveCount: 1,
      sentTimestamp: EPOCH,
      senderId: 'AIDAEXAMPLE0000000001',
    })),
  }
}

function attributeOf(value: Json): Json {
  const { dataType, stringValue, binaryValue } = objectOf(value)
  return typeof binaryValue === 'string' && textOf(dataType, '').startsWith('Binary')
    ? { type: textOf(dataType, 'Binary'), value: Buffer.from(binaryValue, 'base64').toString('utf8') }
    : { type: textOf(dataType, 'String'), value: textOf(stringValue, '') }
}

/** The changes behind a captured DynamoDB stream batch. */
export function changesOf(event: Json): Json | undefined {
  const records = recordsFrom(event, 'aws:dynamodb')
  if (records === undefined) return undefined
  const table = /table\/([^/]+)/.exec(textOf(records[0]?.['eventSourceARN'], ''))?.[1] ?? 'table'
  const viewType = textOf(objectOf(records[0]?.['dynamodb'])['StreamViewType'], 'NEW_AND_OLD_IMAGES')
  return { table, viewType, changes: records.map((record, i) => changeOf(record, i)) }
}

function changeOf(record: JsonObject, i: number): Json {
  const change = objectOf(record['dynamodb'])
  const keys = objectOf(change['Keys'])
  const without = (image: Json | undefined) =>
    Object.fromEntries(Object.entries(objectOf(image)).filter(([name]) => !Object.hasOwn(keys, name)))
  return {
    operation: textOf(record['eventName'], 'INSERT'),
    keys,
    item: without(change['NewImage']),
    old: without(change['OldImage']),
    expired: objectOf(record['userIdentity'])['principalId'] === 'dynamodb.amazonaws.com',
    eventId: 'c4ca4238a0b923820dcc509a6f75849b',
    sequence: String(111_000_000_000_000_000_001n + BigInt(i)),
    time: EPOCH,
  }
}
