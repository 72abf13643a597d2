import { isJsonObject, type Json, type JsonObject } from '../../model/index.js'
import { textsOf } from '../cfn/values.js'
import { editNames } from './edit-names.js'
import type { SourceNode } from './source-tree.js'
import { literally, type Spelling, styleOf } from './spelling.js'
import { applyEdits, columnOf, contentEnd, newlineOf, type TextEdit } from './text-edit.js'

export interface StatementChange {
  readonly before: JsonObject
  /** What takes its place, in order. */
  readonly after: readonly JsonObject[]
  readonly json: boolean
  readonly spell: Spelling
}

const NAMES = ['Action', 'Resource'] as const

/** The text of a statement, changed: one text for each statement that takes its place. */
export function editStatement(text: string, node: SourceNode, change: StatementChange): string[] | undefined {
  if (node.kind !== 'map') return undefined
  const texts = change.after.map((after, i) => piece(text, node, { ...change, after }, i > 0))
  return texts.includes(undefined) ? undefined : (texts as string[])
}

/** Where the text of a statement ends: a comment behind its last value is a part of it. */
export const endOf = (text: string, { flow, end }: SourceNode): number => (flow ? end : contentEnd(text, end))

interface Piece extends Omit<StatementChange, 'after'> {
  readonly after: JsonObject
}

function piece(text: string, node: SourceNode, change: Piece, isCopy: boolean): string | undefined {
  const edits = [...NAMES.map((name) => namesEdits(text, node, change, name)), sidEdits(text, node, change)]
  if (edits.includes(undefined)) return undefined
  const moved = (edits as TextEdit[][]).flat().map(({ start, end, text: to }) => ({
    ...{ start: start - node.start, end: end - node.start, text: to },
  }))
  const made = applyEdits(text.slice(node.start, endOf(text, node)), moved)
  // Comments speak of the statement that was there, and an anchor has one place.
  return isCopy ? made?.replace(/^[ \t]*#[^\n]*\n/gm, '').replace(/(^|\s)&[\w-]+\s+/g, '$1') : made
}

function namesEdits(
  text: string,
  node: SourceNode,
  { before, after, json, spell }: Piece,
  name: (typeof NAMES)[number],
): TextEdit[] | undefined {
  const [old, now] = [namesOf(before, name), namesOf(after, name)]
  const entry = node.entries.find((one) => one.name === name || one.name === `Not${name}`)
  if (now === undefined) return old === undefined ? [] : undefined
  if (entry === undefined) return missing(text, node, name, now, { json, spell })
  const change = { before: old ?? [], after: now, json, spell }
  if (entry.name === name) return editNames(text, entry, change)
  const { start, end } = entry.key
  const renamed = { start, end, text: text.slice(start, end).replace(`Not${name}`, name) }
  const edits = editNames(text, entry, change)
  return edits === undefined ? undefined : [renamed, ...edits]
}

/** Undefined: the statement names exceptions. */
const namesOf = (statement: JsonObject, name: string): readonly string[] | undefined =>
  statement[name] === undefined ? undefined : textsOf(statement[name])

/** What another mapping brings (`<<`) is overruled by what the statement says itself. */
function missing(
  text: string,
  { flow, entries, end }: SourceNode,
  name: string,
  values: readonly string[],
  { json, spell }: Pick<Piece, 'json' | 'spell'>,
): TextEdit[] | undefined {
  const [first] = entries
  if (flow || first === undefined) return undefined
  const indent = columnOf(text, first.key.start)
  const list = values.map((value) => `${newlineOf(text)}${indent}  - ${spell(value, { json, quote: '' })}`).join('')
  return [{ start: end, end, text: `${newlineOf(text)}${indent}${name}:${list}` }]
}

/** Statements that were one share no Sid. */
function sidEdits(text: string, node: SourceNode, { before, after, json }: Piece): TextEdit[] {
  const entry = node.entries.find(({ name }) => name === 'Sid')
  if (entry === undefined || before['Sid'] === after['Sid'] || typeof after['Sid'] !== 'string') return []
  const { start, end } = entry.value
  return [{ start, end, text: literally(after['Sid'], styleOf(text, entry.value, json)) }]
}

/** The statements of a resolved document. */
export function statementsOf(document: Json): readonly JsonObject[] {
  const found = isJsonObject(document) ? document['Statement'] : undefined
  return (Array.isArray(found) ? (found as readonly Json[]) : [found]).filter((one) => isJsonObject(one))
}
