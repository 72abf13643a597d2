import type { AwsCall } from '../model/index.js'

const LONGEST_HEAD = 120
const MOST_KINDS = 50

/** Warns of requests that could not be read: once per service and kind of problem, with the beginning of the body made harmless. */
export function warnings(tell: (message: string) => void): (call: AwsCall, problem: string, body: Buffer) => void {
  const told = new Set<string>()
  return ({ service, operation }, problem, body) => {
    const kind = `${service} ${problem.replace(/\d+/g, 'N')}`
    if (told.has(kind) || told.size >= MOST_KINDS) return
    told.add(kind)
    tell(`a request to ${service} (${operation}) could not be read: ${problem}; it begins with ${headOf(body)}`)
  }
}

/** The first bytes as printable ASCII in quotes: anything else, quotes included, is written as its code. */
export function headOf(body: Buffer): string {
  const head = body.toString('latin1', 0, LONGEST_HEAD)
  const escaped = head.replace(/[^\x20-\x7e]|["\\]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return `"${escaped}"${body.length > LONGEST_HEAD ? '...' : ''}`
}
