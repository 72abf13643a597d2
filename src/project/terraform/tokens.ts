/** One sign or word of an HCL expression. */
export type Token =
  | { readonly kind: 'name' | 'sign'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }

/** Text as it is, or the source of an expression in `${...}`. */
export type TemplatePart = { readonly text: string } | { readonly source: string }

/** An expression that we cannot read; the message is one line for people. */
export class ExpressionError extends Error {}

const SIGNS = ['...', '=>', '==', '!=', '<=', '>=', '&&', '||', ...'{}[]()<>!?:=,.+-*/%']
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' }

/** Tokens of an expression. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at, at + 256)
    const space = /^(?:\s+|#.*|\/\/.*|\/\*[\s\S]*?\*\/)/.exec(rest)
    const name = /^[\p{L}_][\p{L}\p{N}_-]*/u.exec(rest)
    const number = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(rest)
    if (space !== null) at += space[0].length
    else if (name !== null) {
      tokens.push({ kind: 'name', text: name[0] })
      at += name[0].length
    } else if (number !== null) {
      tokens.push({ kind: 'number', value: Number(number[0]) })
      at += number[0].length
    } else if (source[at] === '"') {
      const end = endOfString(source, at + 1)
      tokens.push({ kind: 'template', parts: templateParts(source.slice(at + 1, end), true) })
      at = end + 1
    } else if (rest.startsWith('<<')) {
      const heredoc = heredocAt(source, at)
      tokens.push({ kind: 'template', parts: templateParts(heredoc.text, false) })
      at = heredoc.end
    } else {
      const sign = SIGNS.find((each) => rest.startsWith(each))
      if (sign === undefined) throw new ExpressionError(`'${rest[0]}' is not understood`)
      tokens.push({ kind: 'sign', text: sign })
      at += sign.length
    }
  }
  return tokens
}

/** Where a quoted text ends; quotes inside `${...}` are not its end. */
function endOfString(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (opens(source, at)) at = endOfInsertion(source, at + 2)
    else if (source[at] === '"') return at
  }
  throw new ExpressionError('a text has no end')
}

const opens = (source: string, at: number): boolean =>
  (source.startsWith('${', at) || source.startsWith('%{', at)) && source[at - 1] !== source[at]

/** Where the `}` is that ends what `${` began. */
function endOfInsertion(source: string, from: number): number {
  let depth = 1
  for (let at = from; at < source.length; at++) {
    if (source[at] === '"') at = endOfString(source, at + 1)
    else if (source[at] === '{') depth++
    else if (source[at] === '}' && --depth === 0) return at
  }
  throw new ExpressionError('an insertion has no end')
}

function heredocAt(source: string, at: number): { text: string; end: number } {
  const head = /^<<(-?)([\p{L}_][\p{L}\p{N}_-]*)\r?\n/u.exec(source.slice(at, at + 256))
  if (head === null) throw new ExpressionError("'<<' is not understood")
  const from = at + head[0].length
  const tail = new RegExp(`^[ \\t]*${head[2]}[ \\t]*$`, 'm').exec(source.slice(from))
  if (tail === null) throw new ExpressionError('a heredoc has no end')
  return { text: source.slice(from, from + tail.index), end: from + tail.index + tail[0].length }
}

/** The parts of a text with `${...}` in it. `%{...}` is a loop or a choice, which we do not carry out. */
export function templateParts(text: string, escapes: boolean): readonly TemplatePart[] {
  const parts: TemplatePart[] = []
  let plain = ''
  for (let at = 0; at < text.length; at++) {
    const two = text.slice(at, at + 3)
    if (two === '$${' || two === '%%{') {
      plain += two.slice(1)
      at += 2
    } else if (two.startsWith('${')) {
      const end = endOfInsertion(text, at + 2)
      if (plain !== '') parts.push({ text: plain })
      plain = ''
      parts.push({ source: text.slice(at + 2, end).replace(/^~|~$/g, '') })
      at = end
    } else if (two.startsWith('%{')) throw new ExpressionError('a text with %{ is not carried out')
    else if (escapes && text[at] === '\\') plain += ESCAPES[text[++at] ?? ''] ?? `\\${text[at] ?? ''}`
    else plain += text[at]
  }
  if (plain !== '' || parts.length === 0) parts.push({ text: plain })
  return parts
}
