import { BEYOND_ASCII, MARKED_COMMAND, UNSEEN } from './visible.js'

/** JSON text of the same value that `JSON.stringify` writes, but with what would act on a terminal or in a log escaped, as JSON allows. */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent)
    .replace(MARKED_COMMAND, '\\u0023#')
    .replace(BEYOND_ASCII, (run) => run.replace(UNSEEN, escaped))

function escaped(sign: string): string {
  // Only line breaks between the values: within a text JSON.stringify has escaped them.
  if (sign === '\n') return sign
  return Array.from({ length: sign.length }, (_, i) => `\\u${sign.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
}
