import { setAt } from '../generate/index.js'
import type { EventSource, Json, JsonObject } from '../model/index.js'
import { admitsRecords, filtersOf, under } from './admit-records.js'
import { streamedOf } from './capture/messages.js'
import { type Content, contentText, fitContent, plainContents, seenAsJson, supplyContent, UNREADABLE } from './content.js'
import { ACCOUNT, EPOCH, REGION } from './envelope.js'
import { fitPattern } from './fit-pattern.js'
import { readEventSchema } from './read-schema.js'
import { cliOption, shellWord } from './shell-words.js'

interface PutRecord {
  readonly partitionKey: string
  readonly content: Content
  readonly sequence: string
  readonly time: number
}

interface KinesisWire {
  readonly stream: string
  readonly shard: number
  readonly records: readonly PutRecord[]
}

const wireOf = (wire: Json): KinesisWire => wire as unknown as KinesisWire

/** Records that producers put into a data stream, in base64. */
export const kinesis: EventSource = {
  id: 'kinesis',
  service: 'Amazon Kinesis Data Streams',
  contract: 'batch',
  get schema() {
    return readEventSchema('kinesis')
  },
  templates: (trigger) =>
    filtersOf(trigger).flatMap((filter) =>
      plainContents(under(filter, 'data')).map((content) => ({
        stream: trigger.resource ?? 'stream',
        shard: 0,
        records: [
          fitRecord(
            { partitionKey: '1', content, sequence: '49590338271490256608559692538361571095921575989136588898', time: EPOCH },
            filter,
          ),
        ],
      })),
    ),
  honour: (sample, trigger) => {
    const wire = wireOf(sample)
    const filters = filtersOf(trigger)
    const records = wire.records
      .slice(0, trigger.batchSize ?? 10)
      .map((one, i) => fitRecord(one as unknown as JsonObject, filters[i % filters.length]))
    return { ...wire, stream: trigger.resource ?? wire.stream, records } as unknown as Json
  },
  toEvent: (wire) => ({ Records: wireOf(wire).records.map((one, i) => record(wireOf(wire), one, i)) }),
  fromEvent: streamedOf,
  admits: (event, trigger) => admitsRecords(event, trigger, seenByFilter),
  supply: (wire, pointer, value) => {
    const [, i, rest] = /^\/Records\/(\d+)\/kinesis\/data#base64(#.*)$/.exec(pointer) ?? []
    return rest === undefined ? undefined : supplyContent(wire, `/records/${i}/content`, rest, value)
  },
  recipe: (wire) =>
    wireOf(wire).records.map(
      ({ partitionKey, content }) =>
        `aws kinesis put-record --cli-binary-format raw-in-base64-out --stream-name ${shellWord(wireOf(wire).stream)} ${cliOption('partition-key', partitionKey)} ${cliOption('data', contentText(content))}`,
    ),
  batch: { at: '/records', poison: (one) => UNREADABLE.map((content) => setAt(one, '/content', content)) },
}

/** A record with what a filter asks of its data and its partition key. */
function fitRecord(one: JsonObject, filter: JsonObject | undefined): Json {
  const keys = filter?.['partitionKey']
  const fitted = keys === undefined ? {} : (fitPattern({}, { partitionKey: keys }) as JsonObject)
  return { ...one, ...fitted, content: fitContent(one['content']!, under(filter, 'data')) }
}

/** AWS: a filter sees the metadata, and the data decoded, as JSON where the pattern is about fields of it. */
function seenByFilter({ kinesis: held }: JsonObject, pattern: JsonObject): Json {
  const text = Buffer.from(String((held as JsonObject)['data']), 'base64').toString('utf8')
  return { ...(held as JsonObject), data: under(pattern, 'data') === undefined ? text : seenAsJson(text) }
}

function record({ stream, shard }: KinesisWire, one: PutRecord, i: number): JsonObject {
  // Records of one shard are numbered in order.
  const sequenceNumber = String(BigInt(one.sequence) + BigInt(i))
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: one.partitionKey.toWellFormed(),
      sequenceNumber,
      data: Buffer.from(contentText(one.content)).toString('base64'),
      approximateArrivalTimestamp: one.time / 1_000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-${String(shard).padStart(12, '0')}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: `arn:aws:iam::${ACCOUNT}:role/function-role`,
    awsRegion: REGION,
    eventSourceARN: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/${stream}`,
  }
}
