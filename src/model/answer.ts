import type { ResponseContract } from './case.js'
import { isJsonObject, type Json } from './json.js'
import type { Outcome } from './observation.js'

/** What an HTTP client is sent. Header names are in lower case; cookies are `set-cookie` headers. */
export interface Answer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

/** Undefined where nobody outside is answered, or the function did not return. */
export function answerOf(contract: ResponseContract, outcome: Outcome | undefined): Answer | undefined {
  if ((contract !== 'proxy-v1' && contract !== 'proxy-v2') || outcome?.kind !== 'returned') return undefined
  const value = parsed(outcome.text)
  // Without statusCode, format 2.0 sends the value as JSON.
  if (!isJsonObject(value) || value['statusCode'] === undefined) return { status: 200, headers: [], body: outcome.text }
  const { headers, multiValueHeaders, cookies, body = '', isBase64Encoded } = value
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    status: Number(value['statusCode']),
    headers: [
      ...entries(headers),
      ...entries(multiValueHeaders),
      ...(Array.isArray(cookies) ? cookies.map((cookie) => ['set-cookie', String(cookie)] as const) : []),
    ],
    body: isBase64Encoded === true ? Buffer.from(text, 'base64').toString('utf8') : text,
  }
}

/** Without a type, API Gateway says application/json, and no browser makes a page of it. */
export const isHtml = ({ headers }: Answer): boolean =>
  headers.some(
    ([name, value]) => name === 'content-type' && /^\s*(?:text\/html|application\/xhtml\+xml|image\/svg\+xml)/i.test(value),
  )

/** The HTML mail that a Cognito custom message trigger hands back: `response.emailMessage`. */
export function mailOf(contract: ResponseContract, outcome: Outcome | undefined): string | undefined {
  if (contract !== 'cognito' || outcome?.kind !== 'returned') return undefined
  const value = parsed(outcome.text)
  const response = isJsonObject(value) ? (value['response'] ?? null) : null
  const mail = isJsonObject(response) ? response['emailMessage'] : undefined
  return typeof mail === 'string' ? mail : undefined
}

/** The JSON document that an answer carries: its body where that is text, or the answer itself. */
export function bodyDocument(answer: string): Json {
  const value = parsed(answer)
  const body = isJsonObject(value) ? value['body'] : undefined
  return typeof body === 'string' ? parsed(body) : value
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return null
  }
}

const entries = (headers: Json | undefined): (readonly [string, string])[] =>
  Object.entries(isJsonObject(headers ?? null) ? (headers as { readonly [name: string]: Json }) : {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name.toLowerCase(), String(one)] as const),
  )
