import { gunzipSync } from 'node:zlib'
import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { ACCOUNT, EPOCH, UUID } from '../envelope.js'
import { contentFrom } from './content.js'
import { objectOf, textOf } from './http.js'

const SEQUENCE = '49590338271490256608559692538361571095921575989136588898'

const decoded = (value: Json | undefined): string => Buffer.from(textOf(value, ''), 'base64').toString('utf8')

const recordsIn = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isJsonObject) : [])

/** The records behind a captured Kafka batch, of its first partition; undefined for another event. */
export function producedOf(event: Json): Json | undefined {
  if (!isJsonObject(event) || !/^(?:aws:kafka|SelfManagedKafka)$/.test(textOf(event['eventSource'], ''))) return undefined
  const [[name, list] = ['topic-0', []]] = Object.entries(objectOf(event['records']))
  const [, topic = 'topic', partition = '0'] = /^(.*)-(\d+)$/.exec(name) ?? []
  return {
    selfManaged: event['eventSource'] === 'SelfManagedKafka',
    topic,
    partition: Number(partition),
    records: recordsIn(list).map((record, i) => ({
      ...(typeof record['key'] === 'string' ? { key: decoded(record['key']) } : {}),
      value: typeof record['value'] === 'string' ? contentFrom(decoded(record['value']), 'plain') : { kind: 'none' },
      headers: recordsIn(record['headers']).flatMap(headersIn),
      offset: typeof record['offset'] === 'number' ? record['offset'] - i : 15,
      timestamp: EPOCH,
      timestampType: textOf(record['timestampType'], 'CREATE_TIME'),
    })),
  }
}

const headersIn = (header: JsonObject): readonly JsonObject[] =>
  Object.entries(header).map(([name, bytes]) => ({
    name,
    value: Buffer.from((Array.isArray(bytes) ? bytes : []).map((byte) => Number(byte) & 0xff)).toString('utf8'),
  }))

/** The records behind a captured event of Data Firehose. */
export function deliveredOf(event: Json): Json | undefined {
  if (!isJsonObject(event) || typeof event['deliveryStreamArn'] !== 'string') return undefined
  return {
    stream: event['deliveryStreamArn'].split('/').at(-1) ?? 'delivery-stream',
    fromKinesis: typeof event['sourceKinesisStreamArn'] === 'string',
    invocationId: UUID,
    records: recordsIn(event['records']).map((record) => ({
      content: contentFrom(decoded(record['data']), 'plain'),
      partitionKey: textOf(objectOf(record['kinesisRecordMetadata'])['partitionKey'], 'key-1'),
      sequence: SEQUENCE,
      time: EPOCH,
    })),
  }
}

/** The log lines behind a captured event of CloudWatch Logs. */
export function loggedOf(event: Json): Json | undefined {
  const packed = isJsonObject(event) ? objectOf(event['awslogs'])['data'] : undefined
  const logs = typeof packed === 'string' ? unpacked(packed) : undefined
  if (logs === undefined) return undefined
  const filters = logs['subscriptionFilters']
  return {
    owner: ACCOUNT,
    logGroup: textOf(logs['logGroup'], '/aws/lambda/app'),
    logStream: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
    filter: Array.isArray(filters) ? String(filters[0] ?? 'all') : 'all',
    events: recordsIn(logs['logEvents']).map((one, i) => ({
      id: `3790537151230000000000000000000000000000000000000000000${i % 10}`,
      timestamp: EPOCH,
      content: contentFrom(textOf(one['message'], ''), 'plain'),
    })),
  }
}

/** A captured event is untrusted: no more is unpacked than a log batch can hold. */
function unpacked(data: string): JsonObject | undefined {
  try {
    const value = JSON.parse(
      gunzipSync(Buffer.from(data, 'base64'), { maxOutputLength: 64 * 1024 * 1024 }).toString('utf8'),
    ) as Json
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
