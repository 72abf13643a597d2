import type { Context } from './context.js'

// Signs that stand for a star and a question mark that are meant literally, in patterns and in the texts they are held against.
const STAR = '\uE02A'
const QUESTION = '\uE03F'
const OPEN = '$' + '{'

/** A text of a policy, its variables filled in. */
export interface Pattern {
  /** For comparing by the letter. */
  readonly text: string
  /** For comparing with wildcards; texts go through `literal` first. */
  readonly glob: string
}

/** A text of a request, as a `glob` of a Pattern matches it: its stars are letters. */
export const literal = (text: string): string => text.replaceAll('*', STAR).replaceAll('?', QUESTION)

/**
 * Fills in policy variables: `${aws:username}`, with a default `${aws:username, 'nobody'}`, and `${*}`, `${?}`, `${$}`. Undefined
 * when a variable has no single value: the text then equals nothing. `variables` false (policies of 2008): nothing is filled in.
 */
export function fillIn(written: string, context: Context, variables: boolean): Pattern | undefined {
  if (!variables || !written.includes(OPEN)) return { text: written, glob: written }
  let [text, glob, from] = ['', '', 0]
  for (;;) {
    const open = written.indexOf(OPEN, from)
    const close = open < 0 ? -1 : written.indexOf('}', open)
    const until = close < 0 ? written.length : open
    text += written.slice(from, until)
    glob += written.slice(from, until)
    if (close < 0) return { text, glob }
    const value = variableValue(written.slice(open + 2, close), context)
    if (value === undefined) return undefined
    text += value
    glob += literal(value)
    from = close + 1
  }
}

function variableValue(inside: string, context: Context): string | undefined {
  if (inside === '*' || inside === '?' || inside === '$') return inside
  const comma = inside.indexOf(',')
  const found = context.get(comma < 0 ? inside : inside.slice(0, comma).trim())
  if (found?.length === 1) return found[0]
  const spare = comma < 0 ? undefined : inside.slice(comma + 1).trim()
  return spare !== undefined && spare.length >= 2 && spare.startsWith("'") && spare.endsWith("'") ? spare.slice(1, -1) : undefined
}
