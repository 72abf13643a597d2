import { type VisibleOptions, visible } from './visible.js'

const longestRun = (text: string): number => (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)

/**
 * Data as a code span. Only there is a text no link, no mention, no issue number and no HTML: GitHub looks for those in rendered text
 * too, so that escaping signs would not do. `|` is written out, for a table sees it even in code.
 */
export function code(text: string, options: VisibleOptions = { max: 300 }): string {
  const shown = visible(text, options).replaceAll('|', '\\u{7c}')
  if (shown.trim() === '') return '(empty)'
  const fence = '`'.repeat(longestRun(shown) + 1)
  const pad = /^[ `]|[ `]$/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** Data as a block of its own, each line of it harmless; nothing in it ends the block. */
export function block(text: string, language: string, options: VisibleOptions = { max: 2_000, lines: true }): string {
  const shown = visible(text, options)
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1))
  return `${fence}${language}\n${shown}\n${fence}`
}
