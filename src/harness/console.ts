import { format } from 'node:util'
import { current } from './context.js'
import { requestId } from './lambda-context.js'

const LEVELS = { log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' } as const
const RANK = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']
const stringify = JSON.stringify
const isError = (value: unknown): value is Error => value instanceof Error

/** console.* writes lines as the runtime does: tab separated text, or JSON where AWS_LAMBDA_LOG_FORMAT asks for it. */
export function patchConsole(): void {
  const write = process.stdout.write.bind(process.stdout)
  const asJson = process.env['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON'
  const least = asJson ? RANK.indexOf(process.env['AWS_LAMBDA_LOG_LEVEL']?.toUpperCase() ?? 'TRACE') : 0
  for (const [method, level] of Object.entries(LEVELS)) {
    const line = asJson ? jsonLine : textLine
    const print = (...values: unknown[]) => {
      if (RANK.indexOf(level) >= least) write(line(level, values))
    }
    Object.defineProperty(console, method, { value: print, writable: true, configurable: true, enumerable: true })
  }
}

const idNow = (): string => {
  const execution = current()
  return execution === undefined ? 'undefined' : requestId(execution.n)
}

/** Line feeds inside a message become carriage returns: CloudWatch keeps it one entry. */
const textLine = (level: string, values: readonly unknown[]): string =>
  `${new Date().toISOString()}\t${idNow()}\t${level}\t${format(...values).replaceAll('\n', '\r')}\n`

function jsonLine(level: string, values: readonly unknown[]): string {
  const base = { timestamp: new Date().toISOString(), level, requestId: idNow() }
  const [first] = values
  try {
    if (values.length === 1 && typeof first === 'object' && first !== null && !isError(first)) {
      return `${stringify({ ...base, message: first })}\n`
    }
  } catch {
    // Not to be written as JSON: its text is.
  }
  const error = values.find(isError)
  const told =
    error === undefined ? {} : { errorType: error.name, errorMessage: error.message, stackTrace: String(error.stack).split('\n') }
  return `${stringify({ ...base, message: format(...values), ...told })}\n`
}
