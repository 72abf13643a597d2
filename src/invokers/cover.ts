import type { AnyNode } from './read-js.js'

const HIT = 'globalThis.__eventfuzz_hit__'
const BRANCH = 'globalThis.__eventfuzz_branch__'
const LONGEST = 80

/** A place whose being reached is counted. A branch has two numbers: `id` when its condition held, `id + 1` when it did not. */
export interface Site {
  readonly kind: 'function' | 'statement' | 'branch' | 'case'
  readonly id: number
  readonly line: number
  readonly column: number
  /** Of a branch or case: the condition, as it is written. */
  readonly text: string
}

export interface Edit {
  readonly at: number
  readonly end: number
  readonly text: string
}

/** Text to put before what stands at a place, and after it. */
export interface Edits {
  readonly opening: Edit[]
  readonly closing: Edit[]
}

/** Nodes whose body is one statement, braces or not. */
const BODIES: Readonly<Record<string, readonly string[]>> = {
  IfStatement: ['consequent', 'alternate'],
  ForStatement: ['body'],
  ForInStatement: ['body'],
  ForOfStatement: ['body'],
  WhileStatement: ['body'],
  DoWhileStatement: ['body'],
}
const TESTED = new Set(['IfStatement', 'ConditionalExpression', 'WhileStatement', 'ForStatement', 'DoWhileStatement'])
/** What is not run, or stands for something that is counted itself. */
const UNCOUNTED = /^(?:Import|ExportAll|FunctionDeclaration|EmptyStatement|BlockStatement|StaticBlock)/

/** Counts functions, statements and the ways of conditions in one file. */
export class Cover {
  readonly sites: Site[] = []
  #next: number
  #code: string
  #starts: readonly number[]
  #edits: Edits

  constructor(code: string, first: number, edits: Edits) {
    this.#next = first
    this.#code = code
    this.#edits = edits
    this.#starts = [0, ...[...code.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map((match) => match.index + match[0].length)]
  }

  /** The first number that is free for the next file. */
  get next(): number {
    return this.#next
  }

  /** To be called for every node, from the outside in. */
  see(node: AnyNode): void {
    if (/Function/.test(node.type)) this.#function(node)
    if (node.type === 'Program' || node.type === 'BlockStatement' || node.type === 'StaticBlock')
      for (const statement of node['body'] as AnyNode[]) this.#statement(statement)
    for (const name of BODIES[node.type] ?? []) this.#body(node[name] as AnyNode | null)
    if (TESTED.has(node.type)) this.#branch(node['test'] as AnyNode | null)
    if (node.type === 'LogicalExpression' && node['operator'] !== '??') this.#branch(node['left'] as AnyNode)
    if (node.type === 'SwitchCase') this.#case(node)
  }

  #function(node: AnyNode): void {
    const body = node['body'] as AnyNode
    const id = this.#site('function', node, '')
    if (body.type !== 'BlockStatement') {
      this.#edits.opening.push({ at: body.start, end: body.start, text: `(${HIT}(${id}),` })
      this.#edits.closing.push({ at: body.end, end: body.end, text: ')' })
      return
    }
    // A directive has to stay the first thing in its function.
    const first = (body['body'] as AnyNode[]).findLast((one) => typeof one['directive'] === 'string')
    const at = first?.end ?? body.start + 1
    this.#edits.opening.push({ at, end: at, text: `;${HIT}(${id});` })
  }

  #statement(node: AnyNode): void {
    if (UNCOUNTED.test(node.type) || typeof node['directive'] === 'string' || isUnrun(node)) return
    const id = this.#site('statement', node, '')
    this.#edits.opening.push({ at: node.start, end: node.start, text: `${HIT}(${id});` })
  }

  /** `if (a) b()`: the one statement gets braces, so that the counter belongs to it. */
  #body(node: AnyNode | null): void {
    if (node === null || /^(?:Block|Empty|FunctionDecl|Labeled)/.test(node.type)) return
    const id = this.#site('statement', node, '')
    this.#edits.opening.push({ at: node.start, end: node.start, text: `{${HIT}(${id});` })
    this.#edits.closing.push({ at: node.end, end: node.end, text: '}' })
  }

  #branch(test: AnyNode | null): void {
    if (test === null || test.type === 'Literal') return
    const id = this.#site('branch', test, this.#code.slice(test.start, test.end))
    this.#next++
    this.#edits.opening.push({ at: test.start, end: test.start, text: `${BRANCH}(${id},(` })
    this.#edits.closing.push({ at: test.end, end: test.end, text: '))' })
  }

  #case(node: AnyNode): void {
    const [first] = node['consequent'] as AnyNode[]
    if (first === undefined) return
    const test = node['test'] as AnyNode | null
    const id = this.#site('case', node, test === null ? 'default' : `case ${this.#code.slice(test.start, test.end)}`)
    this.#edits.opening.push({ at: first.start, end: first.start, text: `${HIT}(${id});` })
    for (const statement of node['consequent'] as AnyNode[]) this.#statement(statement)
  }

  #site(kind: Site['kind'], { start }: AnyNode, text: string): number {
    const id = this.#next++
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= start) low = middle
      else high = middle - 1
    }
    const short = text.replace(/\s+/g, ' ')
    const shown = short.length > LONGEST ? `${short.slice(0, LONGEST)}…` : short
    this.sites.push({ kind, id, line: low + 1, column: start - this.#starts[low]! + 1, text: shown })
    return id
  }
}

/** `export function f() {}`, `export { a }`: nothing is run. */
function isUnrun(node: AnyNode): boolean {
  if (!/^Export/.test(node.type)) return false
  const declared = node['declaration'] as AnyNode | null | undefined
  return declared === null || declared === undefined || /^(?:Function|Class)Declaration/.test(declared.type)
}
