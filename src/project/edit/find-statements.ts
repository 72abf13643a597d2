import type { SourceEntry, SourceNode } from './source-tree.js'

/** The statements of one policy in a text, and what takes the policy away. */
export interface FoundStatements {
  /** A list of statements, or a single one. */
  readonly node: SourceNode
  /** The entry whose value it is; undefined for a file that is nothing but a list. */
  readonly entry: SourceEntry | undefined
  /** The list of policies that the policy is in, and its place there. */
  readonly within: { readonly entry: SourceEntry; readonly index: number } | undefined
}

const LISTS = ['statements', 'iamRoleStatements']

/** The statements of the policy whose own line is `line`, as the readers of templates count it; none, or several, are not found. */
export function findStatements(root: SourceNode, line: number): FoundStatements | undefined {
  const [first, ...others] = candidates(root, line, undefined, undefined)
  // A policy and its document may begin in one line.
  return others.every(({ node }) => node.start === first!.node.start) ? first : undefined
}

function* candidates(
  node: SourceNode,
  line: number,
  entry: SourceEntry | undefined,
  within: FoundStatements['within'],
): Generator<FoundStatements> {
  if (node.line === line) {
    const inner = statementEntry(node)
    if (inner !== undefined) yield { node: inner.value, entry: inner, within }
    else if (entry !== undefined && node.kind === 'seq' && LISTS.includes(entry.name)) yield { node, entry, within: undefined }
  }
  for (const one of node.entries) yield* candidates(one.value, line, one, undefined)
  for (const [index, item] of node.items.entries())
    yield* candidates(item, line, undefined, entry === undefined ? undefined : { entry, index })
}

/** `Statement` of a document, of an inline policy, or of a policy that is a resource. */
function statementEntry(node: SourceNode): SourceEntry | undefined {
  const at = (from: SourceNode | undefined, name: string) => from?.entries.find((one) => one.name === name)
  const document = at(node, 'PolicyDocument') ?? at(at(node, 'Properties')?.value, 'PolicyDocument')
  return at(node, 'Statement') ?? at(document?.value, 'Statement')
}
