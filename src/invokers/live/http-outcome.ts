import type { Outcome } from '../../model/index.js'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** What API Gateway and load balancers say of a function that failed or gave no proper answer. */
const GATEWAY_FAILED = /^\s*\{"message":\s*"Internal [Ss]erver [Ee]rror"\}\s*$|<h1>502 Bad Gateway<\/h1>/
const GATEWAY_WAITED = /"message":\s*"(?:Endpoint request timed out|Service Unavailable|Gateway Timeout)"|<h1>504 Gateway/i

/** An HTTP answer in the words of the function that gave it. */
export function httpOutcome(status: number, headers: Headers, body: string, timeoutMs: number): Outcome {
  if (status === 504 || (status === 503 && GATEWAY_WAITED.test(body)))
    return { kind: 'timed-out', afterMs: timeoutMs, spinning: false }
  if ((status === 502 || status === 500) && GATEWAY_FAILED.test(body))
    return { ...FAILED, message: `the client gets ${status}: the function failed, or gave no proper answer` }
  const single: Record<string, string> = {}
  const cookies: string[] = []
  for (const [name, value] of Object.entries(headers)) {
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value
    if (name === 'set-cookie') cookies.push(...values)
    else single[name] = values.join(',')
  }
  const multiValueHeaders = cookies.length === 0 ? {} : { multiValueHeaders: { 'set-cookie': cookies } }
  return { kind: 'returned', text: JSON.stringify({ statusCode: status, headers: single, ...multiValueHeaders, body }) }
}

/** Behind a gateway nobody sees what was thrown. */
export const BEHIND_GATEWAY = 'FailedBehindGateway'
const FAILED = {
  kind: 'threw',
  name: BEHIND_GATEWAY,
  stack: '',
  how: 'handler',
  code: null,
  isError: false,
} as const
