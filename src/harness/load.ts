import { pathToFileURL } from 'node:url'
import type { HostTarget } from '../model/index.js'
import { hasCallbacks } from './describe.js'
import { InitError } from './init-error.js'
import { shortenPaths } from './stack.js'
import { checkStreaming, isStreaming } from './streaming.js'

export type Handler = (event: unknown, context: unknown, callback: (error?: unknown, value?: unknown) => void) => unknown

/** Imports the handler file and finds the export, `a.b.c` included; falls back to the default export as the runtime does. */
export async function loadHandler(target: HostTarget): Promise<Handler> {
  const loaded = await importFile(target.file)
  const found = dig(loaded, target.export) ?? dig((loaded as { default?: unknown }).default, target.export)
  if (typeof found === 'function') return checked(found as Handler, target.runtime)
  const names = exportsOf(loaded)
  const known = names.length === 0 ? 'it exports nothing' : `it exports ${names.join(', ')}`
  throw new InitError('Runtime.HandlerNotFound', `'${target.export}' is not a function that the file exports: ${known}`)
}

/** Marks and arguments that the runtime refuses before the first event. */
function checked(handler: Handler, runtime: string): Handler {
  checkStreaming(handler)
  if (!hasCallbacks(runtime) && !isStreaming(handler) && handler.length >= 3)
    throw new InitError(
      'Runtime.CallbackHandlerDeprecated',
      `${runtime} has no callback handlers: use an async function, or a runtime up to nodejs22.x`,
    )
  return handler
}

async function importFile(file: string): Promise<object> {
  try {
    return (await import(pathToFileURL(file).href)) as object
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new InitError('Runtime.UserCodeSyntaxError', `SyntaxError: ${firstLine(error)}`, error)
    const code = (error as NodeJS.ErrnoException)?.code
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
      throw new InitError('Runtime.ImportModuleError', firstLine(error), error)
    }
    const name = error instanceof Error ? error.name : 'Error'
    throw new InitError(name, `it throws while it is loaded: ${firstLine(error)}${thrownAt(error)}`, error)
  }
}

const firstLine = (error: unknown): string =>
  shortenPaths((error instanceof Error ? String(error.message) : `${typeof error} ${String(error)}`).split('\n')[0] ?? '')

/** Where in the user's code, as `(src/app.js:3)`; '' when the stack does not say. */
function thrownAt(error: unknown): string {
  const stack = error instanceof Error ? shortenPaths(String(error.stack)) : ''
  const at = /^ +at (?:.*\()?(?!node:)([^\s()]+?):(\d+):\d+\)?$/m.exec(stack)
  return at === null ? '' : ` (${at[1]}:${at[2]})`
}

function dig(from: unknown, name: string): unknown {
  let value = from
  for (const key of name.split('.')) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

function exportsOf(loaded: object): string[] {
  const inner = (loaded as { default?: unknown }).default
  const names = new Set([...Object.keys(loaded), ...(typeof inner === 'object' && inner !== null ? Object.keys(inner) : [])])
  return [...names].slice(0, 8)
}
