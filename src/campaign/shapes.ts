import { type AnyNode, literalOf, nameOf } from './syntax.js'

/** What code takes a property for. */
export type Shape = 'list' | 'object' | 'text'

const LIST_METHODS = new Set([
  'map',
  'filter',
  'forEach',
  'reduce',
  'some',
  'every',
  'find',
  'flatMap',
  'push',
  'entries',
  'sort',
])
/** What texts and lists both have tells nothing. */
const TEXT_METHODS = new Set([
  'length',
  'slice',
  'trim',
  'split',
  'replace',
  'replaceAll',
  'toLowerCase',
  'toUpperCase',
  'includes',
  'indexOf',
  'concat',
  'startsWith',
  'endsWith',
  'match',
  'test',
  'toString',
  'at',
  'join',
  'padStart',
])

/** What texts alone have. */
const ONLY_TEXTS = new Set(['trim', 'toLowerCase', 'toUpperCase', 'split', 'replace', 'replaceAll', 'startsWith', 'endsWith'])

const RANKS: readonly Shape[] = ['text', 'object', 'list']

/** A list has properties too, and either may be written out as a text: what says more stays. */
export const further = (known: Shape | undefined, shape: Shape): Shape =>
  known === undefined || RANKS.indexOf(shape) > RANKS.indexOf(known) ? shape : known

/** What has a property of this name. */
export const shapeWith = (property: string): Shape | undefined => {
  if (LIST_METHODS.has(property)) return 'list'
  if (ONLY_TEXTS.has(property)) return 'text'
  return TEXT_METHODS.has(property) ? undefined : 'object'
}

/** `${name}` and `'x' + name`: what is put into a text is one. */
export function writtenOut(node: AnyNode): readonly AnyNode[] {
  if (node.type === 'TemplateLiteral') return node['expressions'] as AnyNode[]
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return []
  const sides = [node['left'], node['right']] as AnyNode[]
  return sides.some((side) => typeof literalOf(side) === 'string') ? sides : []
}

/** `!Array.isArray(name)`: what is refused is no list. Asked without the `!`, it may be the lists that are refused. */
export function notAsked(node: AnyNode, method: string): AnyNode | null {
  const call = node.type === 'UnaryExpression' && node['operator'] === '!' ? (node['argument'] as AnyNode) : undefined
  const callee = call?.type === 'CallExpression' ? (call['callee'] as AnyNode) : undefined
  return callee?.type === 'MemberExpression' && nameOf(callee) === method ? ((call!['arguments'] as AnyNode[])[0] ?? null) : null
}
