import { Cover, type Edit, type Site } from './cover.js'
import { type AnyNode, readJs, walkJs } from './read-js.js'

/** Functions of the harness that instrumented code calls: see src/harness/compare.ts. */
const COMPARE = 'globalThis.__eventfuzz_compare__'
const SWITCH = 'globalThis.__eventfuzz_switch__'
const KEY = 'globalThis.__eventfuzz_key__'
const TYPEOF = 'globalThis.__eventfuzz_typeof__'
const CALL = 'globalThis.__eventfuzz_call__'
const OPERATORS = new Set(['===', '!==', '==', '!=', '<', '>', '<=', '>=', 'in'])
const MOST_CASES = 64
/** More than the largest file that is instrumented has characters. */
const LONGEST_FILE = 2 ** 23

/** A number of its own for each place of the function's code. */
type PlaceOf = (node: AnyNode) => number

export interface Instrumented {
  readonly text: string
  readonly sites: readonly Site[]
  /** The first number that is free for the next file. */
  readonly next: number
}

/**
 * The same code with every comparison, switch and table look-up told to the harness, and what is reached counted: for discovery
 * runs, whose results never become findings. Lines stay as they are. `first` is the first number for its sites. Undefined: code
 * that does not parse.
 */
export function instrument(code: string, first = 0): Instrumented | undefined {
  const program = readJs(code)
  if (program === undefined) return undefined
  const opening: Edit[] = []
  const closing: Edit[] = []
  const cover = new Cover(code, first, { opening, closing })
  const placeOf: PlaceOf = ({ start }) => first * LONGEST_FILE + start
  walkJs(program, (node, parent) => {
    cover.see(node)
    if (node.type === 'BinaryExpression') comparison(code, node, opening, closing, placeOf)
    else if (node.type === 'SwitchStatement') switching(code, node, opening, closing, placeOf)
    else if (node.type === 'MemberExpression') lookUp(code, node, parent, opening, closing)
    else if (node.type === 'CallExpression') checking(code, node, opening, closing)
    if (isNumberCall(node)) numbering(node, opening, closing)
  })
  // At one place inner code is closed before outer, and opened after it: the visit goes from the outside in.
  const edits = [...closing.reverse(), ...opening].map((edit, i) => ({ ...edit, i }))
  const text = applied(
    code,
    edits.sort((a, b) => a.at - b.at || a.i - b.i),
  )
  return { text, sites: cover.sites, next: cover.next }
}

function applied(code: string, edits: readonly Edit[]): string {
  let from = 0
  let last = ''
  const made: string[] = []
  for (const { at, end, text } of edits) {
    if (at > from) last = code[at - 1]!
    // `return"a"===b`: what is put in must not grow together with the word before it.
    const apart = /[\w$]/.test(last) && /^[\w$]/.test(text) ? ' ' : ''
    made.push(code.slice(from, at), apart, text)
    last = text.at(-1) ?? last
    from = end
  }
  return made.join('') + code.slice(from)
}

function comparison(code: string, node: AnyNode, opening: Edit[], closing: Edit[], placeOf: PlaceOf): void {
  const operator = String(node['operator'])
  const left = node['left'] as AnyNode
  const right = node['right'] as AnyNode
  if (!OPERATORS.has(operator) || left.type === 'PrivateIdentifier') return
  if (typing(code, node, left, right, opening, closing)) return
  const at = operatorAt(code, left.end, right.start, operator)
  if (at === undefined) return
  opening.push({ at: node.start, end: node.start, text: `${COMPARE}(${JSON.stringify(operator)},` })
  opening.push({ at, end: at + operator.length, text: ',' })
  closing.push({ at: node.end, end: node.end, text: `,${placeOf(node)})` })
}

/** `typeof value === 'number'`: which value was asked for its type. */
function typing(code: string, node: AnyNode, left: AnyNode, right: AnyNode, opening: Edit[], closing: Edit[]): boolean {
  const value = left['argument'] as AnyNode | undefined
  if (left.type !== 'UnaryExpression' || left['operator'] !== 'typeof' || right.type !== 'Literal' || !isPlain(value!))
    return false
  const [name, text] = [code.slice(right.start, right.end), code.slice(value!.start, value!.end)]
  opening.push({ at: node.start, end: node.start, text: `${TYPEOF}(` })
  closing.push({ at: node.end, end: node.end, text: `,${name},()=>${text})` })
  return true
}

/** Place of the operator between its operands, comments passed over. */
function operatorAt(code: string, from: number, to: number, operator: string): number | undefined {
  const gap = code.slice(from, to).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => ' '.repeat(comment.length))
  const at = gap.indexOf(operator)
  return at === -1 ? undefined : from + at
}

function switching(code: string, node: AnyNode, opening: Edit[], closing: Edit[], placeOf: PlaceOf): void {
  const on = node['discriminant'] as AnyNode
  const tests = (node['cases'] as AnyNode[])
    .map((one) => one['test'] as AnyNode | null)
    .filter((test) => test?.type === 'Literal')
  if (tests.length === 0) return
  const literals = tests.slice(0, MOST_CASES).map((test) => code.slice(test!.start, test!.end))
  opening.push({ at: on.start, end: on.start, text: `${SWITCH}(` })
  closing.push({ at: on.end, end: on.end, text: `,[${literals.join(',')}],${placeOf(node)})` })
}

/** `Number(value)`: the value is looked at, the function stays what it is. */
const isNumberCall = (node: AnyNode): boolean => {
  const callee = node['callee'] as AnyNode | undefined
  return node.type === 'CallExpression' && callee?.['name'] === 'Number' && (node['arguments'] as AnyNode[]).length === 1
}

function numbering(node: AnyNode, opening: Edit[], closing: Edit[]): void {
  const [value] = node['arguments'] as AnyNode[]
  if (value!.type === 'SpreadElement') return
  opening.push({ at: value!.start, end: value!.start, text: 'globalThis.__eventfuzz_number__(' })
  closing.push({ at: value!.end, end: value!.end, text: ')' })
}

/** Calls that check event data against a schema: by the names that libraries give them, or that people give what ajv compiled. */
const CHECKS =
  /^(?:(?:safe)?parse(?:Async)?|validate(?:Sync|Async)?|isValid(?:Sync)?|assert|is|cast|check|create|mask|decode|attempt|plainTo(?:Class|Instance))$/i
const CHECKERS = /valid|check|plainTo|unmarshal|schema|compile|verify/i
/** What makes a schema, which a package may then call: zod's. */
const MAKERS = /^(?:(?:strict|loose)?object|extend|strict|passthrough|refine|superRefine|transform|union|discriminatedUnion)$/i

/** `schema.parse(data)`, `validate(data)`: the harness makes the call, and sees both. */
function checking(code: string, node: AnyNode, opening: Edit[], closing: Edit[]): void {
  const callee = node['callee'] as AnyNode
  const count = (node['arguments'] as AnyNode[]).length
  if (node['optional'] === true || count === 0 || count > 4) return
  const owner = callee.type === 'MemberExpression' ? (callee['object'] as AnyNode) : undefined
  const name = nameOf(callee)
  const text = code.slice(callee.start, callee.end)
  // A short-circuit of the whole chain stays one.
  if (name === undefined || callee['computed'] === true || owner?.type === 'Super' || text.includes('?.')) return
  const isCheck = CHECKS.test(name) && (owner === undefined ? count > 1 : text !== 'JSON.parse')
  if (!isCheck && !CHECKERS.test(name) && !(owner !== undefined && MAKERS.test(name))) return
  // TypeScript writes `(0, library.check)(data)`.
  const from = owner?.end ?? (callee.type === 'SequenceExpression' ? code.indexOf(')', callee.end) + 1 : callee.end)
  const open = code.indexOf('(', callee.type === 'SequenceExpression' ? from : callee.end)
  if (callee.type !== 'SequenceExpression' && code.slice(callee.end, open).trim() !== '') return
  opening.push({ at: node.start, end: node.start, text: `${CALL}(` })
  closing.push({ at: from, end: open + 1, text: `,${owner === undefined ? 'undefined' : JSON.stringify(name)},[` })
  closing.push({ at: node.end - 1, end: node.end, text: '])' })
}

/** Of what is called: `check`, `library.check`, `(0, library.check)`. */
function nameOf(callee: AnyNode): string | undefined {
  const last = callee.type === 'SequenceExpression' ? (callee['expressions'] as AnyNode[]).at(-1)! : callee
  const named = last.type === 'MemberExpression' ? (last['property'] as AnyNode) : last
  return named.type === 'Identifier' ? String(named['name']) : undefined
}

/** `table[key]`, where naming the table twice does nothing. */
function lookUp(code: string, node: AnyNode, parent: AnyNode | undefined, opening: Edit[], closing: Edit[]): void {
  const object = node['object'] as AnyNode
  const property = node['property'] as AnyNode
  if (node['computed'] !== true || property.type === 'Literal' || !isPlain(object)) return
  // What is written to is no question.
  if (parent?.type === 'AssignmentExpression' && parent['left'] === node) return
  opening.push({ at: property.start, end: property.start, text: `${KEY}(${code.slice(object.start, object.end)},` })
  closing.push({ at: property.end, end: property.end, text: ')' })
}

const isPlain = (node: AnyNode): boolean =>
  node.type === 'Identifier' ||
  node.type === 'ThisExpression' ||
  (node.type === 'MemberExpression' &&
    node['computed'] !== true &&
    isPlain(node['object'] as AnyNode) &&
    (node['property'] as AnyNode).type === 'Identifier' &&
    node['optional'] !== true)
