import type { Node, Program } from 'acorn'

const PROBE = 'globalThis.__eventfuzz_eval__'

interface AnyNode extends Node {
  readonly [key: string]: unknown
}

/**
 * `eval(x)` becomes `eval(probe(x))`: a replaced global `eval` would lose the local scope. Lines and columns before the call
 * stay as they are. Undefined: nothing to do, or code that does not parse (Node will say so better).
 */
export function rewriteDirectEval(code: string, parse: (code: string, kind: 'module' | 'script') => Program): string | undefined {
  const program = parsed(code, parse)
  if (program === undefined) return undefined
  const inserts: { at: number; text: string }[] = []
  visit(program as unknown as AnyNode, (node) => {
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

function parsed(code: string, parse: (code: string, kind: 'module' | 'script') => Program): Program | undefined {
  for (const kind of ['module', 'script'] as const) {
    try {
      return parse(code.replace(/^#!/, '//'), kind)
    } catch {
      // Not this kind of source: try the other, then leave the file as it is.
    }
  }
  return undefined
}

function visit(node: AnyNode, see: (node: AnyNode) => void): void {
  see(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as AnyNode).type === 'string') visit(child as AnyNode, see)
    }
  }
}
