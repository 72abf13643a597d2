import { type Node, type Program, parse } from 'acorn'

/** A node of any kind; `type` says which. */
export interface AnyNode extends Node {
  readonly [key: string]: unknown
}

/** The program as a module or, failing that, a script; undefined: it is neither, and Node will say so better. */
export function readJs(code: string): Program | undefined {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(code.replace(/^#!/, '//'), { ecmaVersion: 'latest', sourceType, allowReturnOutsideFunction: true })
    } catch {
      // Not this kind of source: try the other, then leave the file as it is.
    }
  }
  return undefined
}

/** Every node with its parent, from the outside in. */
export function walkJs(root: Node, see: (node: AnyNode, parent: AnyNode | undefined) => void, parent?: AnyNode): void {
  const node = root as AnyNode
  see(node, parent)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as AnyNode).type === 'string')
        walkJs(child as AnyNode, see, node)
    }
  }
}
