import type { EventSource, Json } from '../model/index.js'
import { deliveredOf } from './capture/streams.js'
import { type Content, contentText, plainContents, supplyContent } from './content.js'
import { ACCOUNT, EPOCH, REGION, UUID } from './envelope.js'
import { readEventSchema } from './read-schema.js'
import { cliOption, shellJson, shellWord } from './shell-words.js'

interface FirehoseWire {
  readonly stream: string
  readonly fromKinesis: boolean
  readonly invocationId: string
  readonly records: readonly {
    readonly content: Content
    readonly partitionKey: string
    readonly sequence: string
    readonly time: number
  }[]
}

const wireOf = (wire: Json): FirehoseWire => wire as unknown as FirehoseWire

/** Records on their way to a destination, for the function to transform. */
export const firehose: EventSource = {
  id: 'firehose',
  service: 'Amazon Data Firehose',
  contract: 'firehose',
  get schema() {
    return readEventSchema('firehose')
  },
  templates: ({ resource }) =>
    plainContents(undefined).map((content) => ({
      stream: resource ?? 'delivery-stream',
      fromKinesis: false,
      invocationId: UUID,
      records: [
        { content, partitionKey: 'key-1', sequence: '49590338271490256608559692538361571095921575989136588898', time: EPOCH },
      ],
    })),
  honour: (sample, { resource }) => ({ ...wireOf(sample), stream: resource ?? wireOf(sample).stream }) as unknown as Json,
  toEvent,
  fromEvent: deliveredOf,
  supply: (wire, pointer, value) => {
    const [, i, rest] = /^\/records\/(\d+)\/data#base64(#.*)$/.exec(pointer) ?? []
    return rest === undefined ? undefined : supplyContent(wire, `/records/${i}/content`, rest, value)
  },
  fixed: (wire) => (wireOf(wire).fromKinesis ? [] : wireOf(wire).records.map((_one, i) => `/records/${i}/partitionKey`)),
  recipe: (wire) =>
    wireOf(wire).records.map(({ content, partitionKey }) => {
      const name = shellWord(wireOf(wire).stream)
      const data = contentText(content)
      return wireOf(wire).fromKinesis
        ? `aws kinesis put-record --cli-binary-format raw-in-base64-out --stream-name ${name} ${cliOption('partition-key', partitionKey)} ${cliOption('data', data)}`
        : `aws firehose put-record --cli-binary-format raw-in-base64-out --delivery-stream-name ${name} --record ${shellJson({ Data: data })}`
    }),
}

function toEvent(input: Json): Json {
  const { stream, fromKinesis, invocationId, records } = wireOf(input)
  return {
    invocationId,
    deliveryStreamArn: `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/${stream}`,
    ...(fromKinesis ? { sourceKinesisStreamArn: `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/${stream}` } : {}),
    region: REGION,
    records: records.map((one, i) => {
      const sequenceNumber = String(BigInt(one.sequence) + BigInt(i))
      return {
        recordId: `${sequenceNumber}000000`,
        approximateArrivalTimestamp: one.time,
        data: Buffer.from(contentText(one.content)).toString('base64'),
        ...(fromKinesis
          ? {
              kinesisRecordMetadata: {
                sequenceNumber,
                subsequenceNumber: 0,
                partitionKey: one.partitionKey.toWellFormed(),
                shardId: 'shardId-000000000000',
                approximateArrivalTimestamp: one.time,
              },
            }
          : {}),
      }
    }),
  }
}
