import { type AnyNode, literalOf, nameOf, visit } from './syntax.js'

const QUERY = /^(?:query|querystring|queryParams|queryStringParameters|searchParams)$/i
const READING = new Set(['get', 'getAll', 'has'])
const OWN = /^(?:get|getAll|has|set|append|delete|forEach|keys|values|entries|toString|hasOwnProperty)$/

/** Names that code reads of a query it did not get from the event itself: `req.query.sort`, `searchParams.get('page')`. */
export function queryNames(program: AnyNode): readonly string[] {
  const names = new Set<string>()
  const held = heldIn(program)
  const called = new Set<AnyNode>()
  visit(program, (node) => {
    if (node.type === 'CallExpression') called.add(node['callee'] as AnyNode)
  })
  visit(program, (node) => {
    for (const name of [...namesIn(node), ...readOf(node, held, called), ...takenApart(node, held)])
      if (/^[\w.[\]-]{1,40}$/.test(name) && !OWN.test(name)) names.add(name)
  })
  return [...names]
}

/** Variables that a query was put into, by their names: what they are handed on to mostly has the same. */
function heldIn(program: AnyNode): ReadonlySet<string> {
  const held = new Set<string>()
  const note = (to: AnyNode, from: AnyNode | null) => {
    if (to.type === 'Identifier' && from !== null && bringsQuery(from)) held.add(String(to['name']))
  }
  visit(program, (node) => {
    if (node.type === 'VariableDeclarator') note(node['id'] as AnyNode, node['init'] as AnyNode | null)
    if (node.type === 'AssignmentExpression') note(node['left'] as AnyNode, node['right'] as AnyNode)
  })
  return held
}

const RAW = /^(?:queryStringParameters|multiValueQueryStringParameters|rawQueryString|searchParams)$/

/** `new URLSearchParams(...)`, `parseQuery(event)`, a map made of the event's parameters. */
function bringsQuery(from: AnyNode): boolean {
  let brings = false
  visit(from, (node) => {
    const [first] = (node['arguments'] ?? []) as readonly AnyNode[]
    const callee = node['callee'] as AnyNode | undefined
    const parses = callee?.type === 'Identifier' && /query|searchparams/i.test(String(callee['name']))
    brings ||= parses && first !== undefined && literalOf(first) === undefined
    brings ||= node.type === 'MemberExpression' && RAW.test(nameOf(node) ?? '')
  })
  return brings
}

/** `const { next } = parse(event.rawQueryString)`, `const { next } = params`. */
function takenApart(node: AnyNode, held: ReadonlySet<string>): readonly string[] {
  const [to, from] = [node['id'], node['init']] as readonly (AnyNode | null | undefined)[]
  if (node.type !== 'VariableDeclarator' || to?.type !== 'ObjectPattern' || !from) return []
  const isHeld = from.type === 'Identifier' && held.has(String(from['name']))
  const [argument] = (from['arguments'] ?? []) as readonly AnyNode[]
  const given = argument?.type === 'LogicalExpression' ? (argument['left'] as AnyNode) : argument
  if (!isHeld && !(given?.type === 'MemberExpression' && RAW.test(nameOf(given) ?? ''))) return []
  return keysOf(to)
}

/** What is read of such a variable: `params.get('next')`, `params.next`. */
function readOf(node: AnyNode, held: ReadonlySet<string>, called: ReadonlySet<AnyNode>): readonly string[] {
  const callee = node.type === 'CallExpression' ? (node['callee'] as AnyNode) : undefined
  const member = callee ?? node
  const object = member.type === 'MemberExpression' ? (member['object'] as AnyNode) : undefined
  if (object?.type !== 'Identifier' || !held.has(String(object['name'])) || member['computed'] === true) return []
  const name = String(nameOf(member))
  if (callee === undefined) return called.has(node) ? [] : [name]
  const literal = literalOf((node['arguments'] as readonly AnyNode[])[0])
  return READING.has(name) && typeof literal === 'string' ? [literal] : []
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
