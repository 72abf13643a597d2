import { createRequire } from 'node:module'
import type { EventType, State } from 'js-yaml'
import { templateSchema } from '../yaml.js'

/** A value of a YAML or JSON text and where its own text stands, tag and anchor included: offsets into the text, `end` behind it. */
export interface SourceNode {
  readonly start: number
  readonly end: number
  /** As `lineOfNode` counts: from 1. */
  readonly line: number
  readonly kind: 'map' | 'seq' | 'scalar' | 'alias'
  /** Between brackets, as in JSON. */
  readonly flow: boolean
  /** It has a tag such as `!Sub`. */
  readonly tagged: boolean
  /** Of a list. */
  readonly items: readonly SourceNode[]
  /** Of a mapping. */
  readonly entries: readonly SourceEntry[]
}

export interface SourceEntry {
  /** Its text without quotes. */
  readonly name: string
  readonly key: SourceNode
  readonly value: SourceNode
}

interface Open {
  readonly at: number
  readonly line: number
  readonly children: SourceNode[]
}

/** Where everything stands in a text that `loadYaml` reads; undefined for one that cannot be read. */
export function sourceTree(text: string): SourceNode | undefined {
  const { load } = createRequire(import.meta.url)('js-yaml') as typeof import('js-yaml')
  const root: Open = { at: 0, line: 1, children: [] }
  const open: Open[] = [root]
  const listener = (event: EventType, state: State): void => {
    const { position } = state as State & { readonly position: number }
    if (event === 'open') {
      open.push({ at: position, line: state.line + 1, children: [] })
      return
    }
    const closed = open.pop()!
    open.at(-1)?.children.push(nodeOf(text, closed, position))
  }
  try {
    load(text, { json: true, schema: templateSchema(), listener })
  } catch {
    return undefined // Whoever read the file before said what is wrong with it.
  }
  return root.children.at(-1)
}

const PROPERTIES = /^(?:[!&][^\s,[\]{}]*\s+)*(?:[!&][^\s,[\]{}]*$)?/

function nodeOf(text: string, { at, line, children }: Open, position: number): SourceNode {
  const start = skipBlank(text, at, position)
  // The reader first takes a value for a key: then it is its own only child.
  const parts = children.length === 1 && children[0]!.start >= children[0]!.end ? [] : children
  const end = Math.max(start, trimmedEnd(text, start, position))
  const source = text.slice(start, end)
  const properties = PROPERTIES.exec(source)?.[0] ?? ''
  const common = { start, end, line, tagged: properties.includes('!'), flow: false, items: [], entries: [] }
  const content = source.slice(properties.length)
  const isList = /^-(?:\s|$)/.test(content)
  if (parts.length === 1 && !isList && !/^[[{]/.test(content)) return { ...parts[0]!, start, tagged: common.tagged }
  if (parts.length === 1 && parts[0]!.start === start + properties.length && !isList)
    return { ...parts[0]!, start, tagged: common.tagged }
  if (content.startsWith('[')) return { ...common, kind: 'seq', flow: true, items: parts }
  if (content.startsWith('{')) return { ...common, kind: 'map', flow: true, entries: entriesIn(text, parts) }
  if (content.startsWith('*') || parts.length === 0) return { ...common, kind: content.startsWith('*') ? 'alias' : 'scalar' }
  const last = Math.max(start, parts.at(-1)!.end)
  if (isList) return { ...common, end: last, kind: 'seq', items: parts }
  return { ...common, end: last, kind: 'map', entries: entriesIn(text, parts) }
}

function entriesIn(text: string, parts: readonly SourceNode[]): SourceEntry[] {
  return parts.flatMap((key, i) => {
    const value = parts[i + 1]
    if (i % 2 === 1 || value === undefined) return []
    return [{ name: text.slice(key.start, key.end).replace(/^(["'])(.*)\1$/s, '$2'), key, value }]
  })
}

/** The first sign that is neither space nor comment. */
function skipBlank(text: string, from: number, to: number): number {
  let at = from
  while (at < to) {
    if (/\s/.test(text[at]!)) at++
    else if (text[at] === '#' && (at === 0 || /\s/.test(text[at - 1]!))) at = lineEnd(text, at)
    else break
  }
  return at < to ? at : from
}

function trimmedEnd(text: string, start: number, position: number): number {
  let end = position
  while (end > start && /\s/.test(text[end - 1]!)) end--
  return end
}

/** Offset behind the line break of a line. */
export function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at)
  return found < 0 ? text.length : found + 1
}

/** Offset at which the line of a sign begins. */
export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1
