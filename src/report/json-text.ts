import { BEYOND_ASCII, MARKED_COMMAND, UNSEEN } from './visible.js'

/** JSON text of the same value that `JSON.stringify` writes, but with what would act on a terminal or in a log escaped, as JSON allows. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent)
  const marked = text.includes('##') ? text.replace(MARKED_COMMAND, '\\u0023#') : text
  // Most text is plain: a look at it is cheaper than a replacement for every line.
  return PLAIN.test(marked) ? marked : marked.replace(BEYOND_ASCII, (run) => run.replace(UNSEEN, escaped))
}

const PLAIN = /^[\n -~]*$/

function escaped(sign: string): string {
  // Only line breaks between the values: within a text JSON.stringify has escaped them.
  if (sign === '\n') return sign
  return Array.from({ length: sign.length }, (_, i) => `\\u${sign.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
}
