import type { Execution, Observation, Secret, Target } from '../../model/index.js'
import type { AwsClient, AwsModule } from './aws-sdk.js'
import { failureOf } from './failures.js'
import type { Sent } from './gate.js'
import { outcomeOf, unprefixed } from './lambda-outcome.js'
import type { Line } from './live-session.js'
import { seenFromOutside } from './outside.js'
import { ownLog, platformReport } from './report-line.js'
import { credentialsIn } from './secrets-outside.js'

/** A function that answers the Invoke API. */
export interface Callee {
  readonly name: string
  readonly qualifier: string | undefined
  /** What people call it. */
  readonly where: string
  readonly timeoutMs: number
  readonly memoryMb: number
  readonly secrets: readonly Secret[]
  /** Its answers come as a stream. */
  readonly streamed: boolean
}

/** Sends executions as invocations that wait for the answer: whatever else would run the event more often. */
export function lambdaLine(callee: Callee, target: Target, sdk: AwsModule, client: AwsClient): Line {
  const secrets: Secret[] = [...callee.secrets]
  const invoke = callee.streamed ? streamed : buffered
  return {
    where: callee.where,
    worstGbSeconds: (callee.memoryMb / 1024) * (callee.timeoutMs / 1000),
    get secrets() {
      return secrets
    },
    // Never aborted: what was begun runs to its end anyway, and the audit log should know how it ended.
    once: (execution) => async (): Promise<Sent<Observation>> => {
      const started = performance.now()
      try {
        const invoked = await invoke(callee, execution, sdk, client)
        for (const found of credentialsIn(`${invoked.payload}\n${invoked.log}`))
          if (!secrets.some(({ value }) => value === found.value)) secrets.push(found)
        return answered(invoked, target, { ms: performance.now() - started, memoryMb: callee.memoryMb })
      } catch (error) {
        return failureOf(error, callee.where)
      }
    },
  }
}

interface Answer {
  readonly functionError: string | undefined
  readonly payload: string
  readonly log: string
  readonly requestId: string | null
}

/** `most`: what it can have taken, where the platform does not say. */
function answered(
  { functionError, payload, log, requestId }: Answer,
  target: Target,
  most: { readonly ms: number; readonly memoryMb: number },
): Sent<Observation> {
  const report = platformReport(log, requestId)
  const roots = ['/var/task/', ...(target.root === '' ? [] : [`${target.root}/`])]
  const outcome = outcomeOf({ functionError, payload, report, roots })
  const rssBytes = (report?.maxMemoryMb ?? 0) * 1024 * 1024
  return {
    kind: 'answered',
    requestId,
    gbSeconds: ((report?.memoryMb ?? most.memoryMb) / 1024) * ((report?.billedMs ?? most.ms) / 1000),
    value: seenFromOutside(outcome, ownLog(log), { ms: report?.durationMs ?? most.ms, rssBytes }),
  }
}

const text = (bytes: unknown): string => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString('utf8') : '')
const tail = (base64: unknown): string => (typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('utf8') : '')
const requestIdOf = (answer: Readonly<Record<string, unknown>>): string | null =>
  (answer['$metadata'] as { requestId?: string } | undefined)?.requestId ?? null

async function buffered({ name, qualifier }: Callee, execution: Execution, sdk: AwsModule, client: AwsClient): Promise<Answer> {
  const input = { FunctionName: name, Qualifier: qualifier, InvocationType: 'RequestResponse', LogType: 'Tail' }
  const command = new sdk.InvokeCommand({ ...input, Payload: Buffer.from(execution.text) })
  const answer = await client.send(command)
  return {
    functionError: answer['FunctionError'] as string | undefined,
    payload: text(answer['Payload']),
    log: tail(answer['LogResult']),
    requestId: requestIdOf(answer),
  }
}

interface StreamPart {
  readonly PayloadChunk?: { readonly Payload?: Uint8Array }
  readonly InvokeComplete?: { readonly ErrorCode?: string; readonly ErrorDetails?: string; readonly LogResult?: string }
}

async function streamed({ name, qualifier }: Callee, execution: Execution, sdk: AwsModule, client: AwsClient): Promise<Answer> {
  const input = { FunctionName: name, Qualifier: qualifier, InvocationType: 'RequestResponse', LogType: 'Tail' }
  const command = new sdk.InvokeWithResponseStreamCommand({ ...input, Payload: Buffer.from(execution.text) })
  const answer = await client.send(command)
  const chunks: Uint8Array[] = []
  let end: StreamPart['InvokeComplete']
  for await (const part of answer['EventStream'] as AsyncIterable<StreamPart>) {
    if (part.PayloadChunk?.Payload !== undefined) chunks.push(part.PayloadChunk.Payload)
    end = part.InvokeComplete ?? end
  }
  if (end === undefined) throw Object.assign(new Error('the stream ended without its last part'), { name: 'IncompleteStream' })
  const payload = Buffer.concat(chunks).toString('utf8')
  const error = end.ErrorCode
  return {
    functionError: error,
    payload: error === undefined ? unprefixed(payload) : (end.ErrorDetails ?? JSON.stringify({ errorType: error })),
    log: tail(end.LogResult),
    requestId: requestIdOf(answer),
  }
}
