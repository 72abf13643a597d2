import type { IncomingMessage } from 'node:http'
import { isIPv4 } from 'node:net'

/** True for a host that only this machine reaches: 127.0.0.0/8, ::1, localhost. */
export const isLoopback = (host: string): boolean =>
  (isIPv4(host) && host.startsWith('127.')) || host === '::1' || host.toLowerCase() === 'localhost'

/**
 * Why a request is not answered at all; undefined for one that is. Any page in the user's browser can post to a loopback
 * port: such a request has an Origin. A name that an attacker has rebound to 127.0.0.1 stands in Host.
 */
export function foreign({ headers }: IncomingMessage): string | undefined {
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return 'Requests of web pages are refused'
  const host = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(headers.host ?? '')
  const name = host?.[1] ?? host?.[2] ?? ''
  return isLoopback(name) ? undefined : 'The Host header names no loopback address'
}
