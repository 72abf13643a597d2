import { type Options, tokenizer } from 'acorn'
import type { Region } from '../region.js'

/**
 * Whether a region of JavaScript source is more than data in one token (a string, a number, a name, a comment). Source that
 * stops lexing at the region has been broken out of; source that never got that far says nothing.
 */
export function leavesJavaScriptToken(source: string, region: Region): boolean {
  let comment = false
  const onComment: Options['onComment'] = (_block, _text, start, end) => {
    comment ||= start <= region.start && region.end <= end
  }
  try {
    // A script, not a module: eval and Function read octal numbers, and so must we.
    for (const token of tokenizer(source, { ecmaVersion: 'latest', sourceType: 'script', allowHashBang: true, onComment })) {
      if (comment) return false
      if (token.end > region.start) return !(token.start <= region.start && region.end <= token.end)
    }
  } catch (error) {
    const { raisedAt, message } = error as { raisedAt?: number; message?: string }
    if (comment || raisedAt === undefined || raisedAt < region.start) return false
    // A regular expression that does not compile still ends where it ends.
    return !(/^Invalid regular expression:/.test(message ?? '') && raisedAt >= region.end)
  }
  return false
}
