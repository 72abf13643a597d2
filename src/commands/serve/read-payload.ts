import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.js'

/** AWS: 6 MiB for an answer that is waited for, 1 MiB otherwise. */
const MOST_BYTES = 6_291_456
const MOST_EVENT_BYTES = 1_048_576
/** So much more is read, and thrown away, that the client gets to see the answer. */
const MOST_IGNORED = 64 * 1024 * 1024

/** The event of an Invoke request, as JSON text; no body is an empty object. */
export async function readPayload(request: IncomingMessage, isEvent: boolean): Promise<string> {
  const most = isEvent ? MOST_EVENT_BYTES : MOST_BYTES
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes <= most) chunks.push(chunk)
      if (bytes > MOST_IGNORED) break
    }
  } catch {
    throw new Refusal('InvalidRequestContentException', 'The request ended before its body did')
  }
  if (bytes > most)
    throw new Refusal('RequestTooLargeException', `Request must be smaller than ${most} bytes for the InvokeFunction operation`)
  return bytes === 0 ? '{}' : jsonText(Buffer.concat(chunks))
}

function jsonText(bytes: Buffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    JSON.parse(text)
    return text
  } catch (error) {
    throw new Refusal('InvalidRequestContentException', `Could not parse request body into json: ${(error as Error).message}`)
  }
}
