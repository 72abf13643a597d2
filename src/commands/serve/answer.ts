import { hasCallbacks } from '../../harness/describe.js'
import type { Observation, Outcome, Target } from '../../model/index.js'

/** What an invocation comes to for whoever made it. */
export interface Answer {
  readonly isError: boolean
  readonly body: string
  /** Last 4 KiB of the log, with the lines of the platform around it. */
  readonly tail: string
}

interface FunctionError {
  readonly errorType: string
  readonly errorMessage: string
  readonly trace?: readonly string[]
}

const TAIL_BYTES = 4096
const HARNESS = new URL('../../harness/', import.meta.url).href
const MIB = 1024 * 1024

/** The observation as the Lambda service tells it. */
export function answerOf(target: Target, id: string, { outcome, log, rssBytes }: Observation, ms: number): Answer {
  const duration = outcome.kind === 'timed-out' ? target.timeoutMs : ms
  const error = outcome.kind === 'returned' ? undefined : errorOf(target, id, outcome)
  const status = error === undefined ? '' : outcome.kind === 'timed-out' ? 'Status: timeout' : statusOf(error)
  const memory = `Memory Size: ${target.memoryMb} MB\tMax Memory Used: ${Math.ceil(rssBytes / MIB)} MB\t`
  const lines = [
    `START RequestId: ${id} Version: $LATEST\n`,
    log === '' || log.endsWith('\n') ? log : `${log}\n`,
    `END RequestId: ${id}\n`,
    `REPORT RequestId: ${id}\tDuration: ${duration.toFixed(2)} ms\tBilled Duration: ${Math.ceil(duration)} ms\t${memory}${status}\n`,
  ]
  return {
    isError: error !== undefined,
    body: outcome.kind === 'returned' ? outcome.text : JSON.stringify(error),
    tail: tailOf(lines.join('')),
  }
}

/** A function that could not be loaded: the service says so at every invocation. */
export function notLoadedAnswer(id: string, errorType: string, reason: string): Answer {
  const body = JSON.stringify({ errorType, errorMessage: reason, trace: [] } satisfies FunctionError)
  return { isError: true, body, tail: tailOf(`START RequestId: ${id} Version: $LATEST\n${reason}\nEND RequestId: ${id}\n`) }
}

/** Base64 of the end of a text, not cut inside a character. */
function tailOf(text: string): string {
  const bytes = Buffer.from(text)
  let start = Math.max(0, bytes.length - TAIL_BYTES)
  while (start < bytes.length && (bytes[start]! & 0xc0) === 0x80) start++
  return bytes.subarray(start).toString('base64')
}

/** Errors of the function's own code are no matter of the platform's report. */
const statusOf = ({ errorType }: FunctionError): string =>
  errorType.startsWith('Runtime.') ? `Status: error\tError Type: ${errorType}` : ''

function errorOf(target: Target, id: string, outcome: Exclude<Outcome, { kind: 'returned' }>): FunctionError {
  switch (outcome.kind) {
    case 'timed-out': {
      const seconds = (target.timeoutMs / 1000).toFixed(2)
      return { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${id} Error: Task timed out after ${seconds} seconds` }
    }
    case 'crashed':
      return exitError(id, howItEnded(outcome.exitCode, outcome.signal))
    case 'threw':
      return thrownError(target, id, outcome)
    default:
      return outcome satisfies never
  }
}

const exitError = (id: string, how: string): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${id} Error: Runtime exited ${how}`,
})

/** bubblewrap tells a signal as a shell does: 128 and its number. */
const SIGNALS: Readonly<Record<string | number, string>> = {
  134: 'aborted',
  137: 'killed',
  139: 'segmentation fault',
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
}

function howItEnded(exitCode: number | null, signal: string | null): string {
  const told = signal ?? exitCode
  if (told === null || told === 0) return 'without providing a reason'
  const name = SIGNALS[told] ?? signal
  return name === null ? `with error: exit status ${told}` : `with error: signal: ${name}`
}

function thrownError(target: Target, id: string, outcome: Extract<Outcome, { kind: 'threw' }>): FunctionError {
  const { name, message, stack, how } = outcome
  if (how === 'too-large') return { errorType: name, errorMessage: message }
  const escaped = how === 'uncaught' || how === 'unhandled-rejection'
  // nodejs24.x reports neither: its process ends.
  if (escaped && !hasCallbacks(target.runtime)) return exitError(id, howItEnded(1, null))
  const trace = outcome.isError ? ownFrames(stack) : []
  if (how !== 'unhandled-rejection') return { errorType: name, errorMessage: message, trace }
  const errorType = 'Runtime.UnhandledPromiseRejection'
  const errorMessage = outcome.isError ? `${name}: ${message}` : message
  return { errorType, errorMessage, trace: [`${errorType}: ${errorMessage}`, ...trace.slice(1)] }
}

/** What called the function is no matter of its author's. */
function ownFrames(stack: string): readonly string[] {
  const lines = stack.split('\n')
  const ours = lines.findIndex((line) => line.includes(HARNESS))
  return ours === -1 ? lines : lines.slice(0, ours)
}
