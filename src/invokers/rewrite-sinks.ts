import { type AnyNode, readJs, walkJs } from './read-js.js'

const PROBE = 'globalThis.__eventfuzz_eval__'
const INDIRECT = 'globalThis.__eventfuzz_indirect_eval__'
const REGEXP = 'globalThis.__eventfuzz_regexp__'

/** Whether there may be something to rewrite: most files need not be read. */
export const mayHoldSinks = (code: string): boolean => code.includes('eval') || /\bRegExp\s*\(/.test(code)

interface Edit {
  readonly at: number
  readonly until: number
  readonly text: string
}

/**
 * `eval(x)` becomes `eval(probe(x))`: a replaced global `eval` would lose the local scope. Where `eval` is only a value, as in
 * `(0, eval)(x)`, it has no scope to lose and is replaced; so is `RegExp` where it is called. Lines and columns before the call stay
 * as they are. Undefined: nothing to do, or code that does not parse (Node will say so better).
 */
export function rewriteSinks(code: string): string | undefined {
  const program = readJs(code)
  if (program === undefined) return undefined
  const edits: Edit[] = []
  walkJs(program, (node, parent) => {
    if (isDirect(node)) {
      const [argument] = node['arguments'] as [AnyNode]
      edits.push(
        { at: argument.start, until: argument.start, text: `${PROBE}(` },
        { at: argument.end, until: argument.end, text: ')' },
      )
    } else if (isValue(node, parent) || isMember(node)) edits.push({ at: node.start, until: node.end, text: INDIRECT })
    else if (isRegExp(node, parent)) edits.push({ at: node.start, until: node.end, text: REGEXP })
  })
  if (edits.length === 0) return undefined
  edits.sort((a, b) => b.at - a.at)
  return edits.reduce((text, { at, until, text: piece }) => text.slice(0, at) + piece + text.slice(until), code)
}

const isEval = (node: AnyNode | undefined): boolean => node?.type === 'Identifier' && node['name'] === 'eval'

function isDirect(node: AnyNode): boolean {
  const args = node['arguments'] as AnyNode[] | undefined
  const called = node.type === 'CallExpression' && node['optional'] !== true && isEval(node['callee'] as AnyNode)
  return called && args?.length === 1 && args[0]!.type !== 'SpreadElement'
}

/** Places where the function itself is handed on. */
function isValue(node: AnyNode, parent: AnyNode | undefined): boolean {
  if (!isEval(node) || parent === undefined) return false
  if (parent.type === 'CallExpression') return (parent['arguments'] as AnyNode[]).includes(node) || parent['optional'] === true
  return parent.type === 'SequenceExpression' || parent['init'] === node || parent['right'] === node
}

/** `globalThis.eval`. */
function isMember(node: AnyNode): boolean {
  const object = node['object'] as AnyNode | undefined
  const global = object?.type === 'Identifier' && (object['name'] === 'globalThis' || object['name'] === 'global')
  return node.type === 'MemberExpression' && node['computed'] !== true && global && isEval(node['property'] as AnyNode)
}

const isRegExp = (node: AnyNode, parent: AnyNode | undefined): boolean =>
  node.type === 'Identifier' &&
  node['name'] === 'RegExp' &&
  (parent?.type === 'NewExpression' || parent?.type === 'CallExpression') &&
  parent['callee'] === node
