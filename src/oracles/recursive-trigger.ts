import {
  type AwsCall,
  isJsonObject,
  type Json,
  type Observation,
  type Oracle,
  receivedIn,
  sentBy,
  type Trial,
  type Verdict,
  withoutTimes,
} from '../model/index.js'

/** What the function writes triggers it again, and again it writes. */
export const recursiveTrigger: Oracle = {
  id: 'recursive-trigger',
  title: 'The function triggers itself without end',
  severity: 'medium',
  cwe: ['CWE-834', 'CWE-400'],
  owasp: ['S8'],
  proof: 'contract',
  sinks: [],
  remediation:
    'Write to another bucket, queue, topic or table; count the tries in the message and stop; or limit the notification to a prefix that the function does not write below, and skip keys of its own making.',
  *judge(trial) {
    const {
      case: { stage, source, steps },
      observations,
    } = trial
    if (stage === 'sequence' && RELAYS.has(source)) yield* relays(trial)
    if (stage !== 'sequence' || !source.startsWith('s3') || steps.length < 3 || observations.length < steps.length) return
    const events = steps.map(({ text }) => objectOf(JSON.parse(text) as Json))
    const writes = observations.map(({ aws }, i) => aws.find((call) => isCause(call, events[i], events[i + 1])))
    const last = writes.at(-1)
    if (last === undefined || writes.includes(undefined)) return
    const keys = writes.map((call) => String(call!.params['Key']).slice(0, 100))
    yield {
      rule: 'recursive-trigger',
      canary: null,
      sink: { kind: 'aws', api: `s3:${last.operation}`, location: last.location, frames: [] },
      anchor: `loop:s3:${last.operation}`,
      evidence: `The event of ${events[0]?.key.slice(0, 100)} makes the function write ${keys.join(', whose event makes it write ')}`,
      severityReason: 'unless the notification leaves out what the function writes',
    }
  },
}

/** Sources whose sender is told by the event itself; more generations than a function tries again that counts its tries. */
const RELAYS = new Set(['sqs', 'sns', 'eventbridge', 'dynamodb-stream'])
const GENERATIONS = 12

/** Each event is what the call before it sent to the function's own source; nothing that it asked could have stopped it. */
function* relays({ case: { steps }, observations }: Trial): Generator<Verdict> {
  if (steps.length < GENERATIONS || observations.length < steps.length || observations.some(asks)) return
  const events = steps.map(({ text }) => receivedIn(JSON.parse(text) as Json))
  const calls = observations.map(({ aws }, i) =>
    aws.find((call) => {
      const sent = sentBy(call)
      const next = events[i + 1]
      if (sent === undefined || sent.place !== events[i]?.place) return false
      return next === undefined || sent.place.startsWith('dynamodb:') || withoutTimes(sent.text) === withoutTimes(next.text)
    }),
  )
  const last = calls.at(-1)
  if (last === undefined || calls.includes(undefined)) return
  const api = `${last.service}:${last.operation}`
  yield {
    rule: 'recursive-trigger',
    canary: null,
    sink: { kind: 'aws', api, location: last.location, frames: [] },
    anchor: `loop:${api}`,
    evidence: `${api} sends to ${events[0]!.place}, which the event came from, and so on for ${steps.length} events, each the one that was sent before`,
    severityReason: 'unless the trigger filters out what the function sends',
  }
}

/** What was answered may say that it is over some day. */
const asks = ({ aws, effects }: Observation): boolean =>
  aws.some((call) => sentBy(call) === undefined && !/^(?:Put|Update|Delete|Send|Publish|Write)/.test(call.operation)) ||
  effects.some(({ kind }) => ASKING.has(kind))
const ASKING = new Set(['http', 'sql', 'nosql', 'process'])

interface Told {
  readonly bucket: string
  readonly key: string
}

/** The call writes to the bucket of the event; what it writes is the object of the next event, where there is one. */
function isCause({ service, operation, params, outcome }: AwsCall, event: Told | undefined, next: Told | undefined): boolean {
  if (service !== 's3' || outcome !== 'ok' || !/^(?:PutObject|CopyObject|CompleteMultipartUpload)$/.test(operation)) return false
  return params['Bucket'] === event?.bucket && (next === undefined || params['Key'] === next.key)
}

function objectOf(event: Json): Told | undefined {
  if (!isJsonObject(event)) return undefined
  const [record] = Array.isArray(event['Records']) ? (event['Records'] as readonly Json[]) : []
  const told = isJsonObject(event['detail'] ?? null)
    ? event['detail']
    : isJsonObject(record ?? null)
      ? (record as { s3?: Json }).s3
      : null
  if (!isJsonObject(told ?? null)) return undefined
  const { bucket, object } = told as { bucket?: { name?: string }; object?: { key?: string } }
  const key = object?.key ?? ''
  return { bucket: bucket?.name ?? '', key: event['Records'] === undefined ? key : decodeURIComponent(key.replaceAll('+', ' ')) }
}
