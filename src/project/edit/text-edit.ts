import { lineEnd, lineStart, type SourceNode } from './source-tree.js'

/** Text in place of what stands from `start` up to `end`. */
export interface TextEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text with all edits made; undefined when two of them want the same place. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  if (sorted.some(({ end }, i) => end > (sorted[i + 1]?.start ?? text.length))) return undefined
  return sorted.reduceRight((changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end), text)
}

/** The spaces before a sign when nothing else stands before it in its line; else undefined. */
export function indentAt(text: string, at: number): string | undefined {
  const before = text.slice(lineStart(text, at), at)
  return before.trim() === '' ? before : undefined
}

/** As many spaces as stand before a sign, dashes of lists counted. */
export const columnOf = (text: string, at: number): string => ' '.repeat(at - lineStart(text, at))

export const newlineOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

/** Takes some, not all, entries out of a list, with the lines that are theirs alone. */
export function removeItems(text: string, { items, flow }: SourceNode, gone: ReadonlySet<number>): TextEdit[] | undefined {
  if (gone.size === 0) return []
  if (flow) return removeBetweenBrackets(text, items, gone)
  const edits = [...gone].map((index) => wholeLines(text, dashBefore(text, items[index]!.start), items[index]!.end))
  return edits.includes(undefined) ? undefined : (edits as TextEdit[])
}

/** With the break before them: the break behind them may be that of another part. */
function wholeLines(text: string, start: number | undefined, end: number): TextEdit | undefined {
  if (start === undefined || indentAt(text, start) === undefined) return undefined
  return { start: contentEnd(text, lineStart(text, start) - 2), end: contentEnd(text, end), text: '' }
}

/** Where the dash of a list entry stands. */
export function dashBefore(text: string, start: number): number | undefined {
  const dash = text.lastIndexOf('-', start - 1)
  return dash >= 0 && text.slice(dash + 1, start).trim() === '' ? dash : undefined
}

function removeBetweenBrackets(text: string, items: readonly SourceNode[], gone: ReadonlySet<number>): TextEdit[] {
  const last = items.findLastIndex((_, i) => !gone.has(i))
  if (items.every(({ start }) => indentAt(text, start) !== undefined)) {
    const lines = [...gone].map((i) => wholeLines(text, items[i]!.start, items[i]!.end)!)
    // JSON has no comma behind the last entry.
    const comma = text.indexOf(',', items[last]!.end)
    const isLast = last < items.length - 1 && text.slice(items[last]!.end, comma).trim() === ''
    return isLast ? [...lines, { start: comma, end: comma + 1, text: '' }] : lines
  }
  const edits = [...gone].filter((i) => i < last).map((i) => ({ start: items[i]!.start, end: items[i + 1]!.start, text: '' }))
  return last === items.length - 1 ? edits : [...edits, { start: items[last]!.end, end: items.at(-1)!.end, text: '' }]
}

/** Adds entries behind one that stays. */
export function addItems(text: string, { items, flow }: SourceNode, after: number, added: readonly string[]): TextEdit[] {
  if (added.length === 0) return []
  const { start, end } = items[after]!
  if (!flow) {
    const indent = columnOf(text, dashBefore(text, start) ?? start)
    const gap = text.slice((dashBefore(text, start) ?? start) + 1, start)
    const at = contentEnd(text, end)
    const lead = `${newlineOf(text)}${indent}-${gap.includes('\n') ? ' ' : gap}`
    return [{ start: at, end: at, text: added.map((one) => lead + one).join('') }]
  }
  const indent = indentAt(text, start)
  const lead = indent === undefined ? ', ' : `,${newlineOf(text)}${indent}`
  return [{ start: end, end, text: added.map((one) => lead + one).join('') }]
}

/** The end of a line without its break, so that a comment stays with its entry. */
export function contentEnd(text: string, at: number): number {
  const end = lineEnd(text, at)
  return end - (/\r?\n$/.exec(text.slice(at, end))?.[0].length ?? 0)
}
