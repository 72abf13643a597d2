import { tokenizer } from 'acorn'
import type { Region } from '../region.js'

/** Whether a region of JavaScript source is more than data in one token (a string, a number, a name). Source that does not lex has been broken out of. */
export function leavesJavaScriptToken(source: string, region: Region): boolean {
  try {
    for (const token of tokenizer(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true })) {
      if (token.end <= region.start) continue
      return !(token.start <= region.start && region.end <= token.end)
    }
  } catch {
    return true
  }
  return false // After the last token: a comment.
}
