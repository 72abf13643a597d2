import { type Node, type Program, parse } from 'acorn'

/** A node of acorn's, whose fields depend on its type. */
export interface AnyNode extends Node {
  readonly [key: string]: unknown
}

/** The program of a source text, module or script; undefined for what acorn cannot read. */
export function parsed(code: string): Program | undefined {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return parse(code, {
        ecmaVersion: 'latest',
        sourceType,
        locations: true,
        allowHashBang: true,
        allowReturnOutsideFunction: true,
      })
    } catch {
      // The other kind of source, or none that acorn can read.
    }
  }
  return undefined
}

/** A string or number literal. */
export function literalOf(node: AnyNode | null | undefined): string | number | undefined {
  const value = node?.type === 'Literal' ? node['value'] : undefined
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}

/** Last name of `a`, `a.b`, `a.b?.c` or `a.b.toLowerCase()`. */
export function nameOf(node: AnyNode | null): string | undefined {
  if (node?.type === 'Identifier') return String(node['name'])
  if (node?.type === 'ChainExpression') return nameOf(node['expression'] as AnyNode)
  if (node?.type === 'MemberExpression') {
    const property = node['property'] as AnyNode
    return node['computed'] === true ? String(literalOf(property) ?? '') || undefined : String(property['name'])
  }
  // A helper that is given the name: textField(body, 'type').
  const named =
    node?.type === 'CallExpression'
      ? (node['arguments'] as AnyNode[]).map(literalOf).find((arg) => typeof arg === 'string' && /^[A-Za-z_$][\w$-]*$/.test(arg))
      : undefined
  if (named !== undefined) return String(named)
  if (node?.type === 'CallExpression' && (node['callee'] as AnyNode).type === 'MemberExpression')
    return nameOf((node['callee'] as AnyNode)['object'] as AnyNode)
  return undefined
}

/** Keys of a Map, Set, list or object of literals. */
export function tableKeys(node: AnyNode | null): readonly string[] {
  if (node?.type === 'NewExpression') return tableKeys(((node['arguments'] as AnyNode[])[0] ?? null) as AnyNode | null)
  if (node?.type === 'CallExpression') return tableKeys(((node['arguments'] as AnyNode[])[0] ?? null) as AnyNode | null)
  const items = node?.type === 'ArrayExpression' ? (node['elements'] as (AnyNode | null)[]) : []
  const keys = items.map((item) => literalOf(item?.type === 'ArrayExpression' ? (item['elements'] as AnyNode[])[0] : item))
  const properties = node?.type === 'ObjectExpression' ? (node['properties'] as AnyNode[]) : []
  const names = properties.map((property) =>
    property.type === 'Property' ? (nameOf(property['key'] as AnyNode) ?? literalOf(property['key'] as AnyNode)) : undefined,
  )
  return [...keys, ...names].filter((key): key is string => typeof key === 'string').slice(0, 40)
}

/** What an import, a re-export or a require() names. */
export function specifierOf(node: AnyNode): string | undefined {
  if (/^(?:Import|ExportNamed|ExportAll)(?:Expression|Declaration)$/.test(node.type))
    return String(literalOf(node['source'] as AnyNode) ?? '') || undefined
  const callee = node['callee'] as AnyNode | undefined
  if (node.type === 'CallExpression' && callee?.type === 'Identifier' && callee['name'] === 'require')
    return String(literalOf((node['arguments'] as AnyNode[])[0]) ?? '') || undefined
  return undefined
}

/** Calls `see` on every node; children of import declarations are not data. */
export function visit(node: AnyNode, see: (node: AnyNode) => void): void {
  see(node)
  if (node.type === 'ImportDeclaration') return
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as AnyNode).type === 'string') visit(child as AnyNode, see)
    }
  }
}
