import { createRequire } from 'node:module'
import type { EventType, LoadOptions, Schema, State, Type } from 'js-yaml'

/** A text that is no YAML, or that expands to more than anybody means. The message is one line for people. */
export class YamlError extends Error {
  /** From 1; null where there is no one place. */
  readonly line: number | null

  constructor(message: string, line: number | null) {
    super(message)
    this.line = line
  }
}

const MOST_SIGNS = 16 * 1024 * 1024
/** Values after aliases are written out. A template of 10 MB has about one million. */
const MOST_VALUES = 4_000_000
const DEEPEST = 100

const require = createRequire(import.meta.url)
/** Line of each mapping and list that was loaded here: they outlive neither their document nor this table. */
const lines = new WeakMap<object, number>()
let schema: Schema | undefined

/**
 * Value of a YAML or JSON text; CloudFormation's short tags become their long form (`!Sub x` is `{ 'Fn::Sub': x }`), the last of
 * several equal keys wins. Throws YamlError. Use `lineOfNode` on the mappings and lists of the value.
 */
export function loadYaml(text: string): { readonly value: unknown } {
  if (text.length > MOST_SIGNS) throw new YamlError(`it is larger than ${MOST_SIGNS >> 20} MiB`, null)
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text
  const value = parse(clean)
  countValues(value)
  return { value }
}

/** A changed copy of a loaded mapping stands where the original stands. */
export function copyLine<T extends object>(from: object, to: T): T {
  const line = lines.get(from)
  if (line !== undefined) lines.set(to, line)
  return to
}

/** Line (from 1) on which a mapping or list of a loaded value begins, with its key when that is on the line before. null: not loaded here. */
export const lineOfNode = (node: unknown): number | null =>
  typeof node === 'object' && node !== null ? (lines.get(node) ?? null) : null

/** Line of the value at a path such as `['Resources', 'Fn', 'Properties']`; of the nearest mapping around it when there is none. */
export function lineOf(text: string, path: readonly (string | number)[]): number | null {
  let node = loadYaml(text).value
  let line = lineOfNode(node)
  for (const key of path) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return line
    node = (node as Readonly<Record<string | number, unknown>>)[key]
    line = lineOfNode(node) ?? scanForKey(text, line ?? 1, String(key))
  }
  return line
}

function parse(text: string): unknown {
  const { load, YAMLException } = require('js-yaml') as typeof import('js-yaml')
  // `json`: CloudFormation takes the last of equal keys. The listener is called around every node: lines at no extra cost.
  const options: LoadOptions = { json: true, schema: templateSchema(), listener: lineListener() }
  try {
    return load(text, options)
  } catch (error) {
    const json = looksLikeJson(text) ? fromJson(text) : undefined
    if (json !== undefined) return json.value
    if (error instanceof YAMLException) throw new YamlError(oneLine(error.reason), (error.mark?.line ?? -1) + 1 || null)
    throw new YamlError(error instanceof RangeError ? 'it is nested too deeply' : oneLine(String(error)), null)
  }
}

/** Most JSON is YAML, but not all of it: tabs, and depth beyond what a person writes. */
function fromJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined // The YAML error names a line, this one does not.
  }
}

const looksLikeJson = (text: string): boolean => /^\s*[{[]/.test(text)

function lineListener(): (event: EventType, state: State) => void {
  const open: number[] = []
  return (event, state) => {
    if (event === 'open') {
      open.push(state.line + 1)
      return
    }
    const line = open.pop()
    const node: unknown = state.result
    // An alias closes the same object again: its anchor was first.
    if (line !== undefined && typeof node === 'object' && node !== null && !lines.has(node)) lines.set(node, line)
  }
}

/** YAML 1.2 core: no dates, `N`, `yes` and `.` stay texts. */
export function templateSchema(): Schema {
  if (schema !== undefined) return schema
  const { CORE_SCHEMA, Type, types } = require('js-yaml') as typeof import('js-yaml') & { types: Record<string, Type> }
  const kinds = ['scalar', 'sequence', 'mapping'] as const
  const number = (tag: string, pattern: RegExp): Type =>
    new Type(`tag:yaml.org,2002:${tag}`, {
      kind: 'scalar',
      resolve: (text: unknown) => typeof text === 'string' && pattern.test(text),
      construct: Number,
    })
  // Account ids with leading zeros and `1_000` are no numbers to CloudFormation.
  const numbers = [number('int', /^[-+]?(?:0|[1-9]\d{0,14})$/), number('float', /^[-+]?(?:0|[1-9]\d*)\.\d+(?:[eE][-+]?\d+)?$/)]
  const tags = kinds.map((kind) => new Type('!', { kind, multi: true, construct: longForm }))
  const foreign = kinds.map((kind) => new Type('tag:yaml.org,2002:', { kind, multi: true, construct: (node: unknown) => node }))
  schema = CORE_SCHEMA.extend({ implicit: [types['merge']!, ...numbers], explicit: [...tags, ...foreign] })
  return schema
}

function longForm(node: unknown, tag?: string): unknown {
  const name = (tag ?? '').slice(1)
  if (name === '') return node
  if (name === 'Ref' || name === 'Condition') return { [name]: node }
  if (name !== 'GetAtt' || typeof node !== 'string') return { [`Fn::${name}`]: node }
  const dot = node.indexOf('.')
  return { 'Fn::GetAtt': dot < 0 ? [node] : [node.slice(0, dot), node.slice(dot + 1)] }
}

/** Aliases make a graph out of a tree, which is refused when it is too large written out: it costs one visit per node to know. */
function countValues(root: unknown): void {
  const sizes = new Map<object, number>()
  const size = (node: unknown, depth: number): number => {
    if (typeof node !== 'object' || node === null) return 1
    if (depth > DEEPEST) throw new YamlError('it is nested too deeply', lineOfNode(node))
    const known = sizes.get(node)
    if (known === -1) throw new YamlError('an alias holds itself', lineOfNode(node))
    if (known !== undefined) return known
    sizes.set(node, -1)
    let sum = 1
    for (const child of Array.isArray(node) ? (node as readonly unknown[]) : Object.values(node)) sum += size(child, depth + 1)
    if (sum > MOST_VALUES)
      throw new YamlError(`it has more than ${MOST_VALUES} values once its aliases are written out`, lineOfNode(node))
    sizes.set(node, sum)
    return sum
  }
  size(root, 0)
}

function scanForKey(text: string, from: number, key: string): number | null {
  const rows = text.split('\n')
  for (let row = from - 1; row < rows.length; row++) {
    const start = rows[row]!.replace(/^[\s,{-]*["']?/, '')
    if (start.startsWith(key) && /^["']?\s*:/.test(start.slice(key.length))) return row + 1
  }
  return from
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 200)
