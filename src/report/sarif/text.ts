import { type VisibleOptions, visible } from '../visible.js'

/** More of a text than this nobody reads in a list of alerts; report.json has all of it. */
const MOST = 1_000

// SARIF 3.11.6 and 3.11.5: `[text](target)` is a link and `{0}` a placeholder, in plain text too.
const LINK = /\](?=\()/g
const PLACEHOLDER = /\{(\d+)\}/g

/** Data in a SARIF text that people read (ids are only written as JSON, which is enough for them): nothing hidden, no link, no placeholder. */
export const plain = (text: string, options: VisibleOptions = { max: MOST }): string =>
  // The escapes of `visible` may be placeholders themselves: `\u{0}`.
  visible(text, options).replace(PLACEHOLDER, '($1)').replace(LINK, '\\u{5d}')

/** A file as a relative or a `file:` URI: whatever a name holds, it names no other scheme and no host. */
export function uriOf(file: string): string {
  const encoded = file
    .toWellFormed()
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .map(encodeURIComponent)
    .join('/')
  return file.startsWith('/') ? `file:///${encoded}` : encoded
}
