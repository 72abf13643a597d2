/** Keys that stand twice in one object of a JSON text, each once: JavaScript takes the last, IAM refuses the document. The text must be JSON. */
export function repeatedKeys(text: string): readonly string[] {
  const repeated = new Set<string>()
  // Of each open object the keys so far; undefined stands for a list.
  const open: (Set<string> | undefined)[] = []
  let last: string | undefined
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':' && last !== undefined) {
      const keys = open.at(-1)!
      if (keys.has(last)) repeated.add(last)
      keys.add(last)
    }
    last = token.startsWith('"') ? (JSON.parse(token) as string) : undefined
  }
  return [...repeated]
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g
