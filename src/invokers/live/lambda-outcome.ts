import { isJsonObject, type Json, type JsonObject, type Outcome } from '../../model/index.js'
import type { PlatformReport } from './report-line.js'

/** An answer of the Invoke API. */
export interface Invoked {
  /** The header X-Amz-Function-Error; absent when the function returned. */
  readonly functionError: string | undefined
  readonly payload: string
  readonly report: PlatformReport | undefined
  /** Where the function's own files stand on its machine, with a slash at the end. */
  readonly roots: readonly string[]
}

/** How the function ended, by what the service says of it. */
export function outcomeOf({ functionError, payload, report, roots }: Invoked): Outcome {
  if (functionError === undefined) return { kind: 'returned', text: payload === '' ? 'null' : payload }
  const { errorType = '', errorMessage = '', trace, stackTrace } = errorOf(payload)
  const message = String(errorMessage)
  const lines = [trace, stackTrace].find(Array.isArray)?.map(String) ?? []
  // Some servers call every error 'Error'; its stack knows better.
  const type = typeof errorType === 'string' && errorType !== '' && errorType !== 'Error' ? errorType : nameIn(lines[0])
  const timeout = /Task timed out after ([\d.]+) seconds/.exec(message)
  if (timeout !== null) return { kind: 'timed-out', afterMs: Number(timeout[1]) * 1000, spinning: false }
  if (type === 'Runtime.OutOfMemory' || /Runtime exited/.test(message)) return exited(message, type, report)
  return threw(type, message, relative(lines, roots))
}

const NONE: JsonObject = {}

function errorOf(payload: string): JsonObject {
  let value: Json
  try {
    value = JSON.parse(payload) as Json
  } catch {
    return { errorMessage: payload.slice(0, 2_000) }
  }
  return isJsonObject(value) ? value : NONE
}

/** `TypeError: ...` of a stack: some servers give no type. */
const nameIn = (line = ''): string => /^([A-Z][\w.]*Error|Error)\b/.exec(line)?.[1] ?? 'Error'

function exited(message: string, type: string, report: PlatformReport | undefined): Outcome {
  const signal = /signal: (\w+)/.exec(message)?.[1] ?? null
  const code = /exit status (\d+)/.exec(message)?.[1]
  const isFull = report !== undefined && report.memoryMb > 0 && report.maxMemoryMb >= report.memoryMb
  const reason =
    type === 'Runtime.OutOfMemory' || (signal === 'killed' && isFull) ? 'out-of-memory' : signal === null ? 'exit' : 'signal'
  return { kind: 'crashed', exitCode: code === undefined ? null : Number(code), signal, reason, detail: '' }
}

const TOO_LARGE = /^(?:Function|Runtime)\.ResponseSizeTooLarge$/

function threw(type: string, message: string, lines: readonly string[]): Outcome {
  const isRejection = type === 'Runtime.UnhandledPromiseRejection'
  const isText = type === 'Runtime.JSONStringifyError' || /^Unable to stringify/.test(message)
  const name = isRejection ? nameIn(message) : type
  const own = isRejection ? message.replace(`${name}: `, '') : message
  return {
    kind: 'threw',
    name,
    message: own,
    stack: (lines[0]?.startsWith(name) === true ? lines : [`${name}: ${own}`, ...lines]).join('\n'),
    how: TOO_LARGE.test(type) ? 'too-large' : isText ? 'unserialisable' : isRejection ? 'unhandled-rejection' : 'handler',
    code: null,
    isError: lines.length > 0,
  }
}

/** Frames of the function's own files, named from its task root as the harness names them. */
const relative = (lines: readonly string[], roots: readonly string[]): string[] =>
  lines.map((line) => roots.reduce((text, root) => text.replaceAll(`file://${root}`, '').replaceAll(root, ''), line))

/** A streamed answer for HTTP: its head as JSON, eight NULs, the body. */
export function unprefixed(text: string): string {
  const at = text.indexOf('\0'.repeat(8))
  if (at === -1) return text
  try {
    const head = JSON.parse(text.slice(0, at)) as Json
    return isJsonObject(head) ? JSON.stringify({ ...head, body: text.slice(at + 8) }) : text
  } catch {
    return text
  }
}
