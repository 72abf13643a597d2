import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ownModule } from '../model/own-modules.js'
import { queryNames } from './query-words.js'
import { further, notAsked, type Shape, shapeWith, writtenOut } from './shapes.js'
import { type AnyNode, literalOf, nameOf, parsed, specifierOf, tableKeys, visit } from './syntax.js'

/** What the function's own source says about the data it expects. */
export interface SourceWords {
  /** String literals that data is compared with or looked up in, most telling first. */
  readonly literals: readonly string[]
  /** `body.kind === 'gift'`: the name of what is compared, and the literal. */
  readonly pairs: readonly { readonly name: string; readonly literal: string | number }[]
  /** Property names that are read. */
  readonly names: readonly string[]
  /** Names that are read of a query, whoever has parsed it. */
  readonly queries: readonly string[]
  /** Names of environment variables. */
  readonly environment: readonly string[]
  /** How a property is used: as a list, as an object with properties of its own, or as a text alone. */
  readonly shapes: ReadonlyMap<string, Shape>
}

const MOST_FILES = 200
const MOST_BYTES = 2 * 1024 * 1024

/** Reads the handler's file and what it imports of its owner's own code. A file that does not parse is passed over: Node will name it. */
export function sourceWords(file: string): SourceWords {
  const found = new Found()
  const seen = new Set<string>()
  const queries = new Set<string>()
  const queue = [file]
  while (queue.length > 0 && seen.size < MOST_FILES) {
    const next = queue.pop()!
    if (seen.has(next)) continue
    seen.add(next)
    const program = existsSync(next) && statSync(next).size <= MOST_BYTES ? parsed(readFileSync(next, 'utf8')) : undefined
    if (program === undefined) continue
    for (const name of queryNames(program as unknown as AnyNode)) queries.add(name)
    for (const specifier of found.read(program as unknown as AnyNode)) {
      const own = ownModule(path.dirname(next), specifier)
      if (own !== undefined) queue.push(own)
    }
  }
  return { ...found.words(), queries: [...queries] }
}

/** Methods whose string argument is what data is compared with. */
const COMPARING = new Set(['includes', 'startsWith', 'endsWith', 'indexOf', 'has', 'get', 'test', 'match', 'split'])
const OWN_METHODS = new Set([
  'length',
  'map',
  'filter',
  'forEach',
  'push',
  'join',
  'then',
  'catch',
  'toString',
  'slice',
  'trim',
  'send',
  'default',
  'prototype',
  'parse',
  'stringify',
  'log',
  'error',
  'env',
])

class Found {
  #compared = new Set<string>()
  #plain = new Set<string>()
  #pairs = new Map<string, { name: string; literal: string | number }>()
  #names = new Map<string, number>()
  #environment = new Set<string>()
  #shapes = new Map<string, Shape>()
  /** `const STATUS = new Map([['paid', ...]])`: what can be looked up in it. */
  #tables = new Map<string, readonly string[]>()
  #lookups: { readonly table: string; readonly name: string }[] = []

  /** Walks one file and returns the specifiers it imports. */
  read(program: AnyNode): string[] {
    const specifiers: string[] = []
    visit(program, (node) => {
      const source = specifierOf(node)
      if (source !== undefined) specifiers.push(source)
      else this.#see(node)
    })
    return specifiers
  }

  words(): Omit<SourceWords, 'queries'> {
    for (const { table, name } of this.#lookups) {
      for (const literal of this.#tables.get(table) ?? []) this.#pairs.set(`${name}\0${literal}`, { name, literal })
    }
    const literals = [...this.#compared, ...[...this.#plain].filter((text) => !this.#compared.has(text))]
    const names = [...this.#names].sort((a, b) => b[1] - a[1]).map(([name]) => name)
    return {
      literals,
      pairs: [...this.#pairs.values()],
      names,
      environment: [...this.#environment],
      shapes: this.#shapes,
    }
  }

  #see(node: AnyNode): void {
    if (node.type === 'Literal' && typeof node['value'] === 'string') add(this.#plain, node['value'])
    if (node.type === 'BinaryExpression' && /^[=!]==?$/.test(String(node['operator'])))
      this.#comparison(node['left'] as AnyNode, node['right'] as AnyNode)
    if (node.type === 'SwitchStatement')
      for (const one of node['cases'] as AnyNode[])
        this.#comparison(node['discriminant'] as AnyNode, one['test'] as AnyNode | null)
    if (node.type === 'CallExpression') this.#call(node)
    if (node.type === 'VariableDeclarator' && (node['id'] as AnyNode).type === 'Identifier') {
      this.#tables.set(String((node['id'] as AnyNode)['name']), tableKeys(node['init'] as AnyNode | null))
    }
    if (node.type === 'ForOfStatement') this.#shape(node['right'] as AnyNode, 'list')
    this.#shape(notAsked(node, 'isArray'), 'list')
    for (const written of writtenOut(node)) this.#shape(written, 'text')
    if (node.type === 'MemberExpression') this.#member(node)
    if (node.type === 'Property') this.#property(node)
    if (node.type === 'ArrayExpression')
      for (const item of node['elements'] as (AnyNode | null)[]) add(this.#compared, literalOf(item))
  }

  #comparison(left: AnyNode | null, right: AnyNode | null): void {
    for (const [data, constant] of [
      [left, right],
      [right, left],
    ] as const) {
      const literal = literalOf(constant)
      add(this.#compared, literal)
      const name = nameOf(data)
      if (literal !== undefined) this.#shape(data, 'text')
      if (name !== undefined && literal !== undefined && literal !== '') this.#pairs.set(`${name}\0${literal}`, { name, literal })
    }
  }

  #call(node: AnyNode): void {
    const callee = node['callee'] as AnyNode
    const args = node['arguments'] as AnyNode[]
    if (callee.type === 'MemberExpression')
      this.#lookup(callee['object'] as AnyNode, String(nameOf(callee)) === 'hasOwn' ? args[1] : args[0], args[0])
    for (const arg of args) {
      const literal = literalOf(arg)
      if (callee.type === 'MemberExpression' && COMPARING.has(String(nameOf(callee)))) add(this.#compared, literal)
      // A helper that is given a property name, such as textField(body, 'email').
      if (typeof literal === 'string' && args.length > 1 && /^[A-Za-z_$][\w$-]{0,40}$/.test(literal)) this.#name(literal, 1)
    }
  }

  #member(node: AnyNode): void {
    const name =
      node['computed'] === true ? literalOf(node['property'] as AnyNode) : String((node['property'] as AnyNode)['name'])
    const object = node['object'] as AnyNode
    if (node['computed'] === true) this.#lookup(object, node['property'] as AnyNode, undefined)
    if (object.type === 'MemberExpression' || object.type === 'Identifier') this.#shape(object, shapeWith(String(name)))
    if (object.type === 'MemberExpression' && nameOf(object) === 'env') this.#environment.add(String(name))
    if (typeof name === 'string') this.#name(name, 1)
  }

  #property(node: AnyNode): void {
    const key = node['key'] as AnyNode
    const name = key.type === 'Identifier' ? String(key['name']) : literalOf(key)
    if (typeof name !== 'string') return
    add(this.#compared, name)
    if (node['shorthand'] === true || (node['value'] as AnyNode).type !== 'Literal') this.#name(name, 1)
  }

  /** `TABLE.get(x)`, `TABLE.includes(x)`, `TABLE[x]`, `Object.hasOwn(TABLE, x)`. */
  #lookup(object: AnyNode, data: AnyNode | undefined, first: AnyNode | undefined): void {
    const name = nameOf(data ?? null)
    const table = object.type === 'Identifier' && object['name'] === 'Object' ? first : object
    if (name !== undefined && table?.type === 'Identifier') this.#lookups.push({ table: String(table['name']), name })
  }

  #shape(node: AnyNode | null, shape: Shape | undefined): void {
    const name = nameOf(node)
    if (name !== undefined && shape !== undefined) this.#shapes.set(name, further(this.#shapes.get(name), shape))
  }

  #name(name: string, weight: number): void {
    if (!OWN_METHODS.has(name)) this.#names.set(name, (this.#names.get(name) ?? 0) + weight)
  }
}

function add(to: Set<string>, literal: string | number | undefined): void {
  if (typeof literal === 'string' && literal.length > 0 && literal.length <= 64) to.add(literal)
}
