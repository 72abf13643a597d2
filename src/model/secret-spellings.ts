const DEEPEST = 4

/**
 * How a value stands in a JSON document: in a text of it, in JSON inside of that text, and so on, for an answer is a text in a
 * document, and its body a text in the answer. Deepest first, so that none is cut out of another.
 */
export function secretSpellings(value: string): readonly string[] {
  const found = [escaped(value)]
  for (let i = 1; i < DEEPEST; i++) found.unshift(escaped(found[0]!))
  return [...new Set(found)]
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1)
