import type { Region } from '../region.js'

type Quote = 'none' | 'single' | 'double'

/**
 * Whether a region of a POSIX shell command is more than data in one word: an operator, a word split, an expansion or a
 * comment stands in it unquoted, or the quotes are not the same at both its ends. `'it'\''s'` is data.
 */
export function leavesShellWord(command: string, region: Region): boolean {
  let quote: Quote = 'none'
  let atStart: Quote | undefined
  let wordStart = true
  for (let i = 0; i < command.length; i++) {
    if (i === region.start) atStart = quote
    if (i === region.end) return quote !== atStart
    const sign = command[i]!
    const inside = i >= region.start && i < region.end
    if (sign === '\\' && quote !== 'single') {
      if (quote === 'none' || '$`"\\\n'.includes(command[i + 1] ?? '')) i++
      wordStart = false
      continue
    }
    if (inside && isActive(sign, command[i + 1] ?? '', quote, wordStart)) return true
    wordStart = quote === 'none' && /[\s;|&()<>]/.test(sign)
    quote = nextQuote(sign, quote)
  }
  // The region ends with the text: an open quote that the region opened is a way out too.
  return atStart !== undefined && quote !== atStart
}

function isActive(sign: string, next: string, quote: Quote, wordStart: boolean): boolean {
  if (quote === 'single') return false
  if (sign === '`') return true
  if (sign === '$') return /[A-Za-z_({@*#?!$0-9-]/.test(next)
  if (quote === 'double') return false
  return /[\s;|&<>()]/.test(sign) || (sign === '#' && wordStart)
}

function nextQuote(sign: string, quote: Quote): Quote {
  if (sign === "'" && quote !== 'double') return quote === 'single' ? 'none' : 'single'
  if (sign === '"' && quote !== 'single') return quote === 'double' ? 'none' : 'double'
  return quote
}
