import { type AnyNode, readJs, walkJs } from './read-js.js'

const PROBE = 'globalThis.__eventfuzz_eval__'

/**
 * `eval(x)` becomes `eval(probe(x))`: a replaced global `eval` would lose the local scope. Lines and columns before the call
 * stay as they are. Undefined: nothing to do, or code that does not parse (Node will say so better).
 */
export function rewriteDirectEval(code: string): string | undefined {
  const program = readJs(code)
  if (program === undefined) return undefined
  const inserts: { at: number; text: string }[] = []
  walkJs(program, (node) => {
    const callee = node['callee'] as AnyNode | undefined
    const args = node['arguments'] as AnyNode[] | undefined
    if (node.type !== 'CallExpression' || callee?.type !== 'Identifier' || callee['name'] !== 'eval' || args?.length !== 1) return
    if (args[0]!.type === 'SpreadElement') return
    inserts.push({ at: args[0]!.start, text: `${PROBE}(` }, { at: args[0]!.end, text: ')' })
  })
  if (inserts.length === 0) return undefined
  inserts.sort((a, b) => b.at - a.at)
  return inserts.reduce((text, { at, text: piece }) => text.slice(0, at) + piece + text.slice(at), code)
}
