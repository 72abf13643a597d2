import type { HostTarget, RunItem } from '../model/index.js'
import { hasCallbacks } from './describe.js'

const now = Date.now

/** What a handler may do with its context to end the invocation: nodejs22.x and before. */
export interface Endings {
  done(error?: unknown, value?: unknown): void
  /** False: the answer is sent without waiting for an empty event loop. */
  waits: boolean
}

/** Request id of an execution: the same event has the same one in every run. */
export const requestId = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`

/** The second argument of a handler. */
export function lambdaContext(target: HostTarget, item: RunItem, endings: Endings): object {
  const deadline = now() + target.timeoutMs
  const context = {
    functionVersion: '$LATEST',
    functionName: target.functionName,
    memoryLimitInMB: String(target.memoryMb),
    logGroupName: `/aws/lambda/${target.functionName}`,
    logStreamName: '2026/01/01/[$LATEST]00000000000000000000000000000000',
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: `arn:aws:lambda:${target.region}:${target.account}:function:${target.functionName}`,
    awsRequestId: requestId(item.n),
    // The deadline of the sandbox in life; it goes on below zero there too.
    getRemainingTimeInMillis: () => deadline - now(),
  }
  if (!hasCallbacks(target.runtime)) return context
  const { done } = endings
  Object.defineProperty(context, 'callbackWaitsForEmptyEventLoop', {
    get: () => endings.waits,
    set: (value: unknown) => {
      endings.waits = Boolean(value)
    },
    enumerable: true,
  })
  return Object.assign(context, {
    done,
    succeed: (value: unknown) => done(null, value),
    fail: (error: unknown) => done(error ?? 'handled'),
  })
}
