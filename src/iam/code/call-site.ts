import type { CodeSite } from '../../model/index.js'
import { type AnyNode, nameOf, textOf, walk } from './syntax.js'

/** The place in what the user wrote; lines count from 1, columns from 0. */
export type Place = (line: number, column: number) => { readonly file: string; readonly line: number }

/** Identifiers, and words under which a property is looked up: whatever a call can be named by. */
export function namesOf(program: AnyNode): ReadonlySet<string> {
  const names = new Set<string>()
  walk(program, (node) => {
    if (node.type === 'Identifier') names.add(String(node['name']))
    const word = node.type === 'MemberExpression' && node['computed'] === true ? textOf(node['property']) : undefined
    if (word !== undefined) names.add(word)
  })
  return names
}

/** Calls in the SDK's ways of writing them: commands that are made, methods, paginators and waiters. Methods of anything else are among them. */
export function sitesOf(program: AnyNode, place: Place): readonly CodeSite[] {
  const sites: CodeSite[] = []
  walk(program, (node) => {
    if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return
    const name = nameOf(node['callee'])
    const call = name === undefined ? undefined : callOf(name, node.type === 'NewExpression')
    if (call === undefined) return
    const { line, column } = node.loc!.start
    sites.push({ ...call, ...place(line, column) })
  })
  return sites.sort((a, b) => a.line - b.line)
}

// Methods of one word that are operations of AWS; any other of one word is somebody else's.
const SHORT = new Set([
  'query',
  'scan',
  'publish',
  'invoke',
  'converse',
  'encrypt',
  'decrypt',
  'sign',
  'verify',
  'get',
  'put',
  'update',
  'delete',
  'upload',
])

function callOf(name: string, isNew: boolean): Pick<CodeSite, 'operation' | 'isSdk'> | undefined {
  if (isNew) {
    const operation = name.replace(/Command$/, '')
    return operation === name && name !== 'Upload' ? undefined : { operation, isSdk: true }
  }
  const prefix = ['paginate', 'waitUntil'].find((one) => name.startsWith(one) && name !== one)
  const rest = name.slice(prefix?.length ?? 0)
  if (prefix === undefined && !SHORT.has(name) && !/^[a-z]+[A-Z]/.test(name)) return undefined
  return { operation: rest[0]!.toUpperCase() + rest.slice(1), isSdk: prefix !== undefined }
}
