import { type AnyNode, literalOf, nameOf, visit } from './syntax.js'

const QUERY = /^(?:query|querystring|queryParams|queryStringParameters|searchParams)$/i
const READING = new Set(['get', 'getAll', 'has'])
const OWN = /^(?:get|getAll|has|set|append|delete|forEach|keys|values|entries|toString|hasOwnProperty)$/

/** Names that code reads of a query it did not get from the event itself: `req.query.sort`, `searchParams.get('page')`. */
export function queryNames(program: AnyNode): readonly string[] {
  const names = new Set<string>()
  visit(program, (node) => {
    for (const name of namesIn(node)) if (/^[\w.[\]-]{1,40}$/.test(name) && !OWN.test(name)) names.add(name)
  })
  return [...names]
}

function namesIn(node: AnyNode): readonly string[] {
  if (node.type === 'MemberExpression' && node['computed'] !== true && isQuery(node['object'] as AnyNode))
    return [String((node['property'] as AnyNode)['name'])]
  if (node.type === 'VariableDeclarator' && isQuery(node['init'] as AnyNode | null)) return keysOf(node['id'] as AnyNode)
  if (node.type === 'CallExpression') return asked(node['callee'] as AnyNode, node['arguments'] as readonly AnyNode[])
  return []
}

/** `searchParams.get('x')`, `request.query('x')`. */
function asked(callee: AnyNode, [first]: readonly AnyNode[]): readonly string[] {
  const literal = literalOf(first)
  if (callee.type !== 'MemberExpression' || typeof literal !== 'string') return []
  const reads = READING.has(String(nameOf(callee))) && isQuery(callee['object'] as AnyNode)
  return reads || QUERY.test(String(nameOf(callee))) ? [literal] : []
}

/** `req.query`, also as `req.query ?? {}`. */
function isQuery(node: AnyNode | null): boolean {
  if (node?.type === 'LogicalExpression') return isQuery(node['left'] as AnyNode)
  return (node?.type === 'MemberExpression' || node?.type === 'Identifier') && QUERY.test(nameOf(node) ?? '')
}

const keysOf = (pattern: AnyNode): readonly string[] =>
  pattern.type !== 'ObjectPattern'
    ? []
    : (pattern['properties'] as AnyNode[]).flatMap((property) => {
        const key = property.type === 'Property' ? nameOf(property['key'] as AnyNode) : undefined
        return key === undefined ? [] : [key]
      })
