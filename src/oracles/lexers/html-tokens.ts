/** A piece of an HTML document by offsets; `end` is exclusive. What lies between pieces is syntax. */
export interface HtmlToken {
  /** text: also comments and what titles and styles hold. script: of a kind that browsers run. */
  readonly kind: 'text' | 'name' | 'value' | 'script'
  readonly start: number
  readonly end: number
  /** Of a value: the attribute, in lower case. */
  readonly attribute?: string
}

const RAW = /^(?:script|style|title|textarea|xmp|iframe|noembed|noframes)$/
const RUN = /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i

/** Pieces in order, after the tokenisation of the HTML standard. */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let at = 0
  let text = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    if (open === -1) break
    const rest = html.slice(open, open + 4)
    if (/^<\/?[a-z]/i.test(rest)) {
      if (open > text) yield { kind: 'text', start: text, end: open }
      at = yield* tag(html, open)
      text = at
    } else if (/^<(?:[!?]|\/.)/s.test(rest)) {
      if (open > text) yield { kind: 'text', start: text, end: open }
      const { start, end, next } = comment(html, open)
      yield { kind: 'text', start, end }
      at = next
      text = at
    } else at = open + 1
  }
  if (text < html.length) yield { kind: 'text', start: text, end: html.length }
}

function comment(html: string, open: number): { start: number; end: number; next: number } {
  const long = html.startsWith('<!--', open)
  const start = open + (long ? 4 : 2)
  // `<!-->` and `<!--->` are whole comments.
  const close = long ? /^-?>|--!?>/g : />/g
  const found = close.exec(html.slice(start))
  if (found === null) return { start, end: html.length, next: html.length }
  return { start, end: start + found.index, next: start + found.index + found[0].length }
}

const BLANK = /[\t\n\f\r ]/

/** Names and values of a tag, and what a script, style or title holds; returns where the text goes on. */
function* tag(html: string, open: number): Generator<HtmlToken, number> {
  const closing = html[open + 1] === '/'
  const nameAt = open + (closing ? 2 : 1)
  let at = find(html, /[\t\n\f\r />]/g, nameAt)
  const name = html.slice(nameAt, at).toLowerCase()
  yield { kind: 'name', start: nameAt, end: at }
  let type = ''
  while (at < html.length && html[at] !== '>') {
    if (BLANK.test(html[at]!) || html[at] === '/') {
      at++
      continue
    }
    const end = find(html, /[\t\n\f\r />=]/g, at + 1)
    const attribute = html.slice(at, end).toLowerCase()
    yield { kind: 'name', start: at, end }
    const value = valueAt(html, end)
    at = value?.next ?? end
    if (value === undefined) continue
    if (attribute === 'type') type = html.slice(value.start, value.end).trim()
    yield { kind: 'value', start: value.start, end: value.end, attribute }
  }
  at = Math.min(at + 1, html.length)
  if (closing || !RAW.test(name)) return at
  const end = find(html, new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi'), at)
  if (end > at) yield { kind: name === 'script' && RUN.test(type) ? 'script' : 'text', start: at, end }
  return end
}

function valueAt(html: string, from: number): { start: number; end: number; next: number } | undefined {
  const equals = find(html, /[^\t\n\f\r ]/g, from)
  if (html[equals] !== '=') return undefined
  const start = find(html, /[^\t\n\f\r ]/g, equals + 1)
  const quote = html[start]
  if (quote !== '"' && quote !== "'") {
    const end = find(html, /[\t\n\f\r >]/g, start)
    return { start, end, next: end }
  }
  const end = html.indexOf(quote, start + 1)
  return end === -1 ? { start: start + 1, end: html.length, next: html.length } : { start: start + 1, end, next: end + 1 }
}

/** Where a pattern (`g`) is next found; the end of the document when it is not. */
function find(html: string, pattern: RegExp, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(html)?.index ?? html.length
}
