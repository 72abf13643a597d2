/** How hostile text is made visible. */
export interface VisibleOptions {
  /** Most characters of output; what is cut is counted at the end. */
  readonly max?: number
  /** Keep `\n`: for places that show several lines, each of which is made harmless by itself. */
  readonly lines?: boolean
}

/**
 * Signs that act, or that nobody sees. Cc: C0, C1. Cf: bidi, zero width, tags. DI: fillers and variation selectors that no category
 * names. Zl, Zp, Zs: breaks, and spaces that pass for a plain one. Co: private use. Cs: a lone surrogate, for a pair is a code point.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{DI}\p{Noncharacter_Code_Point}\u2800]|(?! )\p{Zs}/gu

/** All of the above and more is outside of printable ASCII: most text has none of it, and is not looked at sign by sign. */
export const BEYOND_ASCII = /[^ -~]+/g

// A tower of combining marks paints over the lines around it. No honest writing needs more than a few.
const MARKS = /(?<=\p{M}{4})\p{M}/gu

// GitHub's runner obeys `::error::` where a line begins, spaces aside.
const LINE_COMMAND = /^\s*:(?=:[a-z])/i

/** CI runners obey `##[error]`, `##vso[`, `##teamcity[` anywhere in a line. */
export const MARKED_COMMAND = /##(?=\w*\[)/g

// What a cut between the halves of a pair leaves.
const HALF_PAIR = /[\uD800-\uDBFF]$/

const escaped = (sign: string): string => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`

/**
 * Text of a target or a payload as people may see it: nothing in it moves a cursor, hides, turns the reading direction, or is obeyed
 * by a CI runner. Escapes are `\u{hex}`; what is plain already comes back as it is.
 */
export function visible(text: string, { max = Number.POSITIVE_INFINITY, lines = false }: VisibleOptions = {}): string {
  // Escaping never shortens, so nothing behind `max` can be shown: cut first, or a huge text is escaped for nothing.
  const head = text.length > max ? text.slice(0, max).replace(HALF_PAIR, '') : text
  const shown = lines ? head.split('\n').map(visibleLine).join('\n') : visibleLine(head)
  if (shown.length <= max && head.length === text.length) return shown
  return cut(shown, max, text.length)
}

const visibleLine = (line: string): string =>
  line
    .replace(LINE_COMMAND, (start) => start.slice(0, -1) + escaped(':'))
    .replace(MARKED_COMMAND, `#${escaped('#')}`)
    .replace(BEYOND_ASCII, (run) => run.replace(MARKS, escaped).replace(UNSEEN, escaped))

/** Cuts between signs, never inside an escape. */
function cut(shown: string, max: number, length: number): string {
  let kept = ''
  for (const [sign] of shown.matchAll(/\\u\{[0-9a-f]+\}|[\s\S]/gu)) {
    if (kept.length + sign.length > max) break
    kept += sign
  }
  return `${kept}… (${length.toLocaleString('en-US')} characters in all)`
}
