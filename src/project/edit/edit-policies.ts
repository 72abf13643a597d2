import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject, ProjectResource } from '../../model/index.js'
import { editStatement, endOf, statementsOf } from './edit-statement.js'
import { type FoundStatements, findStatements } from './find-statements.js'
import { lineStart, type SourceNode, sourceTree } from './source-tree.js'
import { literally, type Spelling, spellingOf } from './spelling.js'
import { applyEdits, contentEnd, dashBefore, indentAt, newlineOf, removeItems, type TextEdit } from './text-edit.js'

/** A policy to be changed where its template has it. */
export interface PolicyChange {
  /** Line of the policy, as its reader gave it. */
  readonly line: number
  /** Resolved. */
  readonly before: Json
  /** For each statement of `before` those that take its place; null: the policy goes. */
  readonly statements: readonly (readonly JsonObject[])[] | null
}

/** The text with changes made, and why one of them was not: null where it was. */
export interface PolicyEdits {
  readonly text: string
  readonly refused: readonly (string | null)[]
}

/**
 * Changes policies in the text of a template or policy file, touching only the lines that change: comments, anchors, tags and style
 * of all others stay. `resources`: what the project makes, to be named by reference.
 */
export function editPolicies(text: string, changes: readonly PolicyChange[], resources: readonly ProjectResource[]): PolicyEdits {
  const clean = text.replace(/^\uFEFF/, '')
  const root = sourceTree(clean)
  if (root === undefined) return { text, refused: changes.map(() => 'The file is neither YAML nor JSON') }
  const context = { text: clean, json: clean.trimStart().startsWith('{'), spell: spelling(root, resources) }
  const accepted: TextEdit[] = []
  const refused = changes.map((change) => {
    const edits = editsOf(root, change, context)
    if (typeof edits === 'string') return edits
    if (applyEdits(clean, [...accepted, ...edits]) === undefined) return 'Another change has the same lines'
    accepted.push(...edits)
    return null
  })
  return { text: text.slice(0, text.length - clean.length) + applyEdits(clean, accepted)!, refused }
}

interface Context {
  readonly text: string
  readonly json: boolean
  readonly spell: Spelling
}

function spelling(root: SourceNode, resources: readonly ProjectResource[]): Spelling {
  const child = (node: SourceNode | undefined, name: string) => node?.entries.find((one) => one.name === name)?.value
  const section = child(root, 'Resources') ?? child(child(root, 'resources'), 'Resources')
  const isTemplate = section !== undefined || child(root, 'provider') !== undefined
  return isTemplate ? spellingOf(resources, new Set(section?.entries.map(({ name }) => name))) : literally
}

function editsOf(root: SourceNode, { line, before, statements }: PolicyChange, context: Context): TextEdit[] | string {
  const found = findStatements(root, line)
  if (found === undefined) return 'The policy has no statements of its own there'
  if (found.node.kind === 'alias') return 'The statements stand elsewhere, and may be those of other policies too'
  if (statements === null) return removePolicy(found, context)
  const nodes = found.node.kind === 'seq' && !found.node.tagged ? found.node.items : [found.node]
  const old = statementsOf(before)
  // The Serverless Framework puts statements of its own before those of the service.
  const offset = old.length - nodes.length
  if (offset < 0 || (offset > 0 && found.entry?.name === 'Statement')) return 'Conditions decide which statements it has'
  const changed = old.flatMap((one, i) => (isDeepStrictEqual(statements[i], [one]) ? [] : [i]))
  if (changed.some((i) => i < offset)) return 'The statement is one that the framework adds'
  const gone = new Set(changed.filter((i) => statements[i]!.length === 0).map((i) => i - offset))
  if (gone.size === nodes.length) return removeAll(found, context)
  const isSingle = found.node.kind !== 'seq'
  const removed = removeItems(context.text, found.node, gone)
  const edits = changed
    .filter((i) => statements[i]!.length > 0)
    .map((i) => replaced(nodes[i - offset]!, { before: old[i]!, after: statements[i]! }, isSingle, context))
  if (removed === undefined || edits.includes(undefined)) return 'Its lines cannot be changed one by one'
  return [...removed, ...(edits as TextEdit[])]
}

interface Replacement {
  readonly before: JsonObject
  readonly after: readonly JsonObject[]
}

function replaced(node: SourceNode, change: Replacement, isSingle: boolean, context: Context): TextEdit | undefined {
  const { text } = context
  const texts = editStatement(text, node, { ...change, json: context.json, spell: context.spell })
  const { start } = node
  const end = endOf(text, node)
  if (texts === undefined) return undefined
  if (texts.length === 1) return { start, end, text: texts[0]! }
  const newline = newlineOf(text)
  const indent = ' '.repeat(start - lineStart(text, start))
  if (!isSingle && !node.flow) {
    const dash = dashBefore(text, start)
    if (dash === undefined) return undefined
    const lead = newline + text.slice(lineStart(text, dash), dash) + text.slice(dash, start).replace(/\r?\n\s*/, ' ')
    return { start, end, text: texts.join(lead) }
  }
  if (!isSingle) return { start, end, text: texts.join(indentAt(text, start) === undefined ? ', ' : `,${newline}${indent}`) }
  if (node.flow) return { start, end, text: `[${texts.join(', ')}]` }
  const nested = texts.map((one) => `- ${one.replaceAll('\n', '\n  ')}`)
  return { start, end, text: nested.join(newline + indent) }
}

/** A list without entries, where an entry must be. */
function removeAll({ entry }: FoundStatements, { text }: Context): TextEdit[] | string {
  if (entry === undefined || entry.name === 'Statement') return 'Nothing of it is needed: take it away'
  return [{ start: text.indexOf(':', entry.key.end) + 1, end: entry.value.end, text: ' []' }]
}

/** Out of the list that it is in. */
function removePolicy({ within, entry }: FoundStatements, context: Context): TextEdit[] | string {
  if (entry !== undefined && entry.name !== 'Statement') return removeAll({ within, entry, node: entry.value }, context)
  if (within === undefined) return 'Nothing of it is needed: take it away, with what refers to it'
  const { value, key } = within.entry
  const { text } = context
  if (value.kind === 'seq' && value.items.length > 1)
    return removeItems(text, value, new Set([within.index])) ?? 'Its lines cannot be taken out one by one'
  if (value.kind !== 'seq') return 'Nothing of it is needed: take it away'
  const colon = text.indexOf(':', key.end) + 1
  return [{ start: colon, end: value.flow ? value.end : contentEnd(text, value.end), text: ' []' }]
}
