import type { Region } from '../region.js'
import { type HtmlToken, htmlTokens } from './html-tokens.js'
import { leavesJavaScriptToken } from './javascript.js'

/**
 * Whether a region of an HTML document is more than text, or more than one attribute's value; in what browsers run (scripts,
 * `onclick`, `javascript:`) whether it is more than data in one token of JavaScript.
 */
export function leavesHtmlContext(html: string, region: Region): boolean {
  for (const token of htmlTokens(html)) {
    if (token.end <= region.start) continue
    if (token.start > region.start || token.end < region.end) return true
    const from = region.start - token.start
    return leavesScript(html.slice(token.start, token.end), token, { start: from, end: from + region.end - region.start })
  }
  return false
}

const LINK = /^(?:href|src|action|formaction|xlink:href)$/
const JAVASCRIPT = /^\s*javascript:/i

function leavesScript(text: string, { kind, attribute = '' }: HtmlToken, region: Region): boolean {
  if (kind === 'script') return leavesJavaScriptToken(text, region)
  if (kind !== 'value') return false
  const decoded = decodedWith(text, region)
  if (attribute.startsWith('on')) return leavesJavaScriptToken(decoded.text, decoded.region)
  const scheme = LINK.test(attribute) ? (JAVASCRIPT.exec(decoded.text)?.[0].length ?? 0) : 0
  if (scheme === 0) return false
  const inScript = { start: decoded.region.start - scheme, end: decoded.region.end - scheme }
  return leavesJavaScriptToken(decoded.text.slice(scheme), inScript)
}

/** A value as the browser reads it. */
function decodedWith(text: string, { start, end }: Region): { readonly text: string; readonly region: Region } {
  const before = decoded(text.slice(0, start))
  const inside = decoded(text.slice(start, end))
  return {
    text: before + inside + decoded(text.slice(end)),
    region: { start: before.length, end: before.length + inside.length },
  }
}

const NAMED: Readonly<Record<string, string>> = { quot: '"', apos: "'", lt: '<', gt: '>', amp: '&', lpar: '(', rpar: ')' }

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));?/gi, (all, decimal?: string, hex?: string, name = '') => {
    if (decimal === undefined && hex === undefined) return NAMED[name as string] ?? all
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd'
  })
