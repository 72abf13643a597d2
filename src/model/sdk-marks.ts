// Each SDK goes through one of these methods, on the stack of the line that makes the call; the names survive bundlers and
// minifiers. The renamed call is as long as the old one: places and source maps stay right.
const CALLS = [
  ['.resolveMiddleware(', '.resolveMiddlewar$('],
  ['.attachMonitoringEmitter(', '.attachMonitoringEmitte$('],
] as const

/** Methods that marked code calls instead of the SDK's own: v3 has one function of its own above them, v2 has two. */
export const MARKED = [
  { called: 'resolveMiddlewar$', real: 'resolveMiddleware', depth: 1 },
  { called: 'attachMonitoringEmitte$', real: 'attachMonitoringEmitter', depth: 2 },
] as const

/** Code in which an AWS SDK says that a call begins; undefined when there is no SDK in it. */
export function markSdk(code: string): string | undefined {
  const marked = CALLS.reduce((text, [call, mark]) => text.replaceAll(call, mark), code)
  return marked === code ? undefined : marked
}
