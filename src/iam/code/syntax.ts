import { type Node, parse } from 'acorn'

/** A node of acorn's, whose fields depend on its type. */
export interface AnyNode extends Node {
  readonly [key: string]: unknown
}

/** The program of a source text, module or script; undefined for what acorn cannot read. */
export function programOf(code: string): AnyNode | undefined {
  for (const sourceType of ['module', 'script'] as const) {
    try {
      const options = { allowHashBang: true, allowReturnOutsideFunction: true, locations: true } as const
      return parse(code, { ecmaVersion: 'latest', sourceType, ...options }) as unknown as AnyNode
    } catch {
      // The other kind of source, or none that acorn can read.
    }
  }
  return undefined
}

/** Calls `see` on every node, outer ones first. No recursion: the source is a stranger's. */
export function walk(program: AnyNode, see: (node: AnyNode) => void): void {
  const open = [program]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    see(node)
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) if (isNode(child)) open.push(child)
    }
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string'

/** The text of a literal, or of a template without anything filled in. */
export function textOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value']
  const quasis = node.type === 'TemplateLiteral' ? (node['quasis'] as readonly { value: { cooked?: string } }[]) : []
  return quasis.length === 1 ? quasis[0]!.value.cooked : undefined
}

/** What the program imports, re-exports or requires; undefined for a name that is computed. */
export function importsOf(program: AnyNode): (string | undefined)[] {
  const found: (string | undefined)[] = []
  walk(program, (node) => {
    if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type) && node['source'] != null)
      found.push(textOf(node['source']))
    if (node.type === 'ImportExpression') found.push(textOf(node['source']))
    if (node.type === 'CallExpression' && nameOf(node['callee']) === 'require' && isPlain(node['callee']))
      found.push(textOf((node['arguments'] as readonly unknown[])[0]))
  })
  return found
}

const isPlain = (node: unknown): boolean => isNode(node) && node.type === 'Identifier'

/** The last name of `a`, `a.b`, `a?.b` and `a['b']`. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Identifier') return String(node['name'])
  if (node.type === 'ChainExpression') return nameOf(node['expression'])
  if (node.type !== 'MemberExpression') return undefined
  return node['computed'] === true ? textOf(node['property']) : nameOf(node['property'])
}
