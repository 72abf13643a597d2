import type { SourceEntry, SourceNode } from './source-tree.js'
import type { Spelling, Style } from './spelling.js'
import { styleOf } from './spelling.js'
import { addItems, columnOf, newlineOf, removeItems, type TextEdit } from './text-edit.js'

/** What a list of a statement is to hold instead. */
export interface NamesChange {
  /** Resolved: as the evaluated template has them. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly json: boolean
  readonly spell: Spelling
}

/** Changes the actions or resources of a statement, entry by entry; what stays keeps its text, its place and its comments. */
export function editNames(text: string, entry: SourceEntry, change: NamesChange): TextEdit[] | undefined {
  const { before, after } = change
  if (before.length === after.length && after.every((one) => before.includes(one))) return []
  const { value } = entry
  const isList = value.kind === 'seq' && !value.tagged && value.items.length === before.length
  if (!isList) return [whole(text, entry, change)]
  const added = after.filter((one) => !before.includes(one))
  const gone = before.flatMap((one, i) => (after.includes(one) ? [] : [i]))
  const style = styleOf(text, value, change.json)
  // New entries take the places of old ones, as far as there are any.
  const replaced = gone.slice(0, added.length)
  const kept = before.findLastIndex((_, i) => !gone.includes(i) || replaced.includes(i))
  const removed = removeItems(text, value, new Set(gone.slice(replaced.length)))
  if (removed === undefined) return undefined
  const spelt = added.map((one) => change.spell(one, style))
  const { start, end } = value.items[kept]!
  const more = addItems(text, value, kept, spelt.slice(replaced.length))
  const swapped = replaced.map((index, i) => swap(value.items[index]!, spelt[i]!))
  // Both at the end of one entry: one edit.
  const last = swapped.find((edit) => edit.start === start && edit.end === end)
  if (last === undefined || more.length === 0 || more[0]!.start !== end) return [...removed, ...swapped, ...more]
  const joined = { start, end, text: last.text + more[0]!.text }
  return [...removed, ...swapped.filter((edit) => edit !== last), joined]
}

const swap = ({ start, end }: SourceNode, text: string): TextEdit => ({ start, end, text })

/** The value anew, in the style of the old one. */
function whole(text: string, { key, value }: SourceEntry, { after, json, spell }: NamesChange): TextEdit {
  const colon = text.indexOf(':', key.end) + 1
  const style = styleOf(text, value, json)
  const isInline = value.flow || json || isBetweenBrackets(text, key)
  const listed = (quote: Style): string[] => after.map((one) => spell(one, quote))
  if (after.length === 1 && value.kind !== 'seq') return { start: colon, end: value.end, text: ` ${listed(style)[0]!}` }
  if (isInline) {
    const inner = listed(style.quote === '' ? { json, quote: "'" } : style).join(', ')
    return { start: colon, end: value.end, text: ` [${inner}]` }
  }
  const lead = `${newlineOf(text)}${columnOf(text, key.start)}  - `
  return {
    start: colon,
    end: value.end,
    text: listed(style)
      .map((one) => lead + one)
      .join(''),
  }
}

/** In `{ Action: x }` a key does not begin its line, nor does it follow a dash. */
function isBetweenBrackets(text: string, { start }: SourceNode): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  return !/^[\s-]*$/.test(before)
}
