import type { Json } from './json.js'

/**
 * What requests to hosts that are none of AWS's come to. Absent: they are answered. `refused`: as if nobody listened there, but for
 * what the user answers. `null`: the answer that we make up says nothing at all.
 */
export type WebMode = 'refused' | 'null'

/** An HTTP answer given by the user: the first that fits a request answers it. `*` in host and path stands for any text. */
export interface HttpFixture {
  /** Without a port: on every port. */
  readonly host: string
  /** Any when absent. */
  readonly method?: string
  /** Without the query; any when absent. */
  readonly path?: string
  /** 200 when absent. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** A text goes as it is, anything else as JSON. */
  readonly body?: Json
}

/** One request to a host that is none of AWS's, as the sidecar answered it. */
export interface WebCall {
  /** The execution whose context header it carried. */
  readonly n: number | null
  readonly method: string
  readonly host: string
  readonly path: string
  /** Query, values of headers and body, cut: what of the event went out. */
  readonly sent: string
  /** No fixture of the user's fitted. */
  readonly invented: boolean
}

/** True when `pattern` (`*`: any text) is all of the text, whatever its case. */
export function fitsPattern(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*')
  const [first = '', last = ''] = [parts[0], parts.at(-1)]
  const whole = text.toLowerCase()
  if (parts.length === 1) return whole === first
  if (!whole.startsWith(first) || !whole.endsWith(last) || whole.length < first.length + last.length) return false
  const end = whole.length - last.length
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = whole.indexOf(part, at)
    if (found === -1 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}
