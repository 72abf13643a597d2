import { gzipSync } from 'node:zlib'
import type { EventSource, Json } from '../model/index.js'
import { loggedOf } from './capture/streams.js'
import { type Content, contentText, plainContents, supplyContent } from './content.js'
import { ACCOUNT, EPOCH } from './envelope.js'
import { readEventSchema } from './read-schema.js'
import { shellWord } from './shell-words.js'

interface LogsWire {
  readonly owner: string
  readonly logGroup: string
  readonly logStream: string
  readonly filter: string
  readonly events: readonly { readonly id: string; readonly timestamp: number; readonly content: Content }[]
}

const wireOf = (wire: Json): LogsWire => wire as unknown as LogsWire

/** Lines of a log group, gzipped: what a program logs of its own users' data stands in them. */
export const cloudwatchLogs: EventSource = {
  id: 'cloudwatch-logs',
  service: 'Amazon CloudWatch Logs',
  contract: 'async',
  get schema() {
    return readEventSchema('cloudwatch-logs')
  },
  templates: ({ resource }) =>
    plainContents(undefined).map((content) => ({
      owner: ACCOUNT,
      logGroup: resource ?? '/aws/lambda/app',
      logStream: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
      filter: 'all',
      events: [{ id: '37905371512300000000000000000000000000000000000000000001', timestamp: EPOCH, content }],
    })),
  honour: (sample, { resource }) => ({ ...wireOf(sample), logGroup: resource ?? wireOf(sample).logGroup }) as unknown as Json,
  toEvent,
  fromEvent: loggedOf,
  supply: (wire, pointer, value) => {
    const [, i, rest] = /^\/awslogs\/data#base64#gzip#json\/logEvents\/(\d+)\/message(#.*)$/.exec(pointer) ?? []
    return rest === undefined ? undefined : supplyContent(wire, `/events/${i}/content`, rest, value)
  },
  recipe: (wire) => {
    const { logGroup, logStream, events } = wireOf(wire)
    const lines = events.map(({ content }) => `{timestamp: now, message: ${JSON.stringify(contentText(content))}}`)
    const where = `--log-group-name ${shellWord(logGroup)} --log-stream-name ${shellWord(logStream)}`
    return [
      `aws logs put-log-events ${where} --log-events "$(jq -n ${shellWord(`(now * 1000 | floor) as $t | [${lines.join(', ').replaceAll('timestamp: now', 'timestamp: $t')}]`)})"`,
    ]
  },
}

function toEvent(input: Json): Json {
  const { owner, logGroup, logStream, filter, events } = wireOf(input)
  const text = JSON.stringify({
    messageType: 'DATA_MESSAGE',
    owner,
    logGroup,
    logStream,
    subscriptionFilters: [filter],
    logEvents: events.map(({ id, timestamp, content }) => ({ id, timestamp, message: contentText(content) })),
  })
  const data = gzipSync(text)
  data[9] = 3 // Which system packed it: the same bytes everywhere.
  return { awslogs: { data: data.toString('base64') } }
}
