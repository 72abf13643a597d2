import type { Json } from '../model/index.js'

/** What a client sends as the body of a request. */
export type HttpBody =
  | { readonly kind: 'none' }
  /** `type`: what it says to be, instead of plain text. */
  | { readonly kind: 'text'; readonly text: string; readonly type?: string }
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'multipart'; readonly name: string; readonly filename: string; readonly text: string }
  | { readonly kind: 'binary'; readonly text: string }
  | { readonly kind: 'bytes'; readonly base64: string }

const BOUNDARY = 'eventfuzz-part'

const BODY_TYPES: Readonly<Record<HttpBody['kind'], string | undefined>> = {
  none: undefined,
  text: 'text/plain',
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: `multipart/form-data; boundary=${BOUNDARY}`,
  binary: 'application/octet-stream',
  bytes: 'application/octet-stream',
}

/** What the request says of its body. */
export const typeOf = (body: HttpBody): string | undefined =>
  (body.kind === 'text' ? body.type : undefined) ?? BODY_TYPES[body.kind]

/** Body text as the function gets it, before base64. */
export function bodyText(body: HttpBody): string | undefined {
  switch (body.kind) {
    case 'none':
      return undefined
    case 'json':
      return JSON.stringify(body.value)
    case 'form':
      return new URLSearchParams(body.fields).toString()
    case 'multipart':
      return upload(body.name, body.filename, body.text).toWellFormed()
    case 'bytes':
      return Buffer.from(body.base64, 'base64').toString('utf8')
    default:
      return body.text.toWellFormed()
  }
}

/** The bytes on the wire, which need not be text. */
export function bodyBytes(body: HttpBody): Buffer | undefined {
  if (body.kind === 'bytes') return Buffer.from(body.base64, 'base64')
  const text = bodyText(body)
  return text === undefined ? undefined : Buffer.from(text)
}

/** RFC 7578: one file. A client need not escape what it puts between the quotes. */
const upload = (name: string, filename: string, text: string): string =>
  [
    `--${BOUNDARY}`,
    `Content-Disposition: form-data; name="${name}"; filename="${filename}"`,
    'Content-Type: text/plain',
    '',
    text,
    `--${BOUNDARY}--`,
    '',
  ].join('\r\n')

/** AWS (HTTP APIs, function URLs, load balancers): text and JSON come as they are, all else in base64, also forms. */
export const comesAsText = (type: string | undefined): boolean =>
  /^\s*(?:text\/.*|application\/(?:json|javascript|xml))\s*(?:;|$)/i.test(type ?? '')

/** Body and flag of an event. */
export function carriedBody(body: HttpBody, inBase64: boolean): { readonly body?: string; readonly isBase64Encoded: boolean } {
  const bytes = bodyBytes(body)
  if (bytes === undefined) return { isBase64Encoded: false }
  return { body: inBase64 ? bytes.toString('base64') : bytes.toString('utf8'), isBase64Encoded: inBase64 }
}
