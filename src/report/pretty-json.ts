// A string (closed or not), a bracket, a comma, a colon, or anything else up to the next of these.
const TOKEN = /"(?:[^"\\]|\\[\s\S])*"?|[{}[\],:]|[^\s{}[\],:"]+/g

/** Deeper levels are not indented further: a payload of depth 10,000 would be printed as 100 MB of spaces. */
const DEEPEST = 24

/**
 * JSON text as indented lines, token by token: unlike parse and stringify it keeps duplicate keys, huge numbers, escapes and what is
 * broken as they are. A line whose bracket opens nothing stays one line: `{}`.
 */
export function prettyJson(text: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  let depth = 0
  let previous = ''
  const breakLine = (): void => {
    if (line.trim() !== '') lines.push(line)
    line = '  '.repeat(Math.min(depth, DEEPEST))
  }
  for (const [token] of text.matchAll(TOKEN)) {
    const opens = token === '{' || token === '['
    const closes = token === '}' || token === ']'
    if (closes) depth = Math.max(0, depth - 1)
    const empty = closes && previous === (token === '}' ? '{' : '[')
    if (empty) line = (lines.pop() ?? line).trimEnd()
    else if (closes) breakLine()
    line += token === ':' ? ': ' : token
    if (opens) depth += 1
    if (opens || token === ',') breakLine()
    previous = token
  }
  if (line.trim() !== '') lines.push(line)
  return lines
}
