import type { Outcome } from '../model/index.js'
import { shortenPaths } from './stack.js'

const stringify = JSON.stringify
const byteLength = Buffer.byteLength
/** Lambda: a synchronous answer of 6 MiB and a little for its envelope. */
export const MOST_ANSWER_BYTES = 6 * 1024 * 1024 + 100

/** Runtimes up to nodejs22.x have callbacks; nodejs24.x and later take promises only. */
export const hasCallbacks = (runtime: string): boolean => !/^nodejs(?:2[4-9]|[3-9]\d)/.test(runtime)

/** What a handler gave back, as the text that Lambda would send. */
export function returned(value: unknown, runtime: string): Outcome {
  let text: string
  try {
    text = stringify(value === undefined ? null : value) ?? 'null'
  } catch (error) {
    const { message, stack } = threw(error, 'handler') as Extract<Outcome, { kind: 'threw' }>
    // The official clients name it differently.
    const name = hasCallbacks(runtime) ? 'Error' : 'Runtime.JSONStringifyError'
    return {
      kind: 'threw',
      name,
      message: `Unable to stringify response body: ${message}`,
      stack,
      how: 'unserialisable',
      code: null,
      isError: true,
    }
  }
  return sized(text)
}

/** An answer, or the error that Lambda makes of one that is too large. */
export function sized(text: string): Outcome {
  const bytes = byteLength(text)
  if (bytes <= MOST_ANSWER_BYTES) return { kind: 'returned', text }
  const message = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (6291556 bytes).`
  return { kind: 'threw', name: 'Function.ResponseSizeTooLarge', message, stack: '', how: 'too-large', code: null, isError: true }
}

/** Describes anything that was thrown, however hostile: getters that throw, proxies, null. */
export function threw(error: unknown, how: Extract<Outcome, { kind: 'threw' }>['how']): Outcome {
  const text = (read: () => unknown, fallback: string): string => {
    try {
      const value = read()
      return typeof value === 'string' ? value.slice(0, 16_384) : fallback
    } catch {
      return fallback
    }
  }
  const isError = isErrorLike(error)
  const thrown = error as { name?: unknown; message?: unknown; stack?: unknown; code?: unknown }
  const fallback = text(() => String(error), 'handled')
  return {
    kind: 'threw',
    name: isError ? text(() => thrown.name, 'Error').replaceAll('\x7f', '%7F') : typeof error,
    message: isError ? text(() => thrown.message, fallback) : fallback,
    stack: isError ? shortenPaths(text(() => thrown.stack, '')) : '',
    how,
    code: isError ? text(() => thrown.code, '') || null : null,
    isError,
  }
}

/** As the official clients tell: an Error, also one of another realm, or something that looks like one. */
function isErrorLike(error: unknown): boolean {
  try {
    if (error instanceof Error) return true
    const { name, message, stack } = error as { name?: unknown; message?: unknown; stack?: unknown }
    return [name, message, stack].every((part) => typeof part === 'string')
  } catch {
    return false // null, undefined, or a proxy that throws when it is asked.
  }
}
