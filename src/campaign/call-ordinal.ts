import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { SourceLocation } from '../model/index.js'
import { type AnyNode, parsed, visit } from './syntax.js'

/**
 * Which call of the same name in its function a location is, from 1: two `exec` calls in one function are two root causes,
 * and stay so when lines move. 0 when the source cannot tell.
 */
export function callOrdinal(root: string, location: SourceLocation): number {
  const file = path.join(root, location.file)
  if (!file.startsWith(root) || !existsSync(file)) return 0
  const program = parsed(readFileSync(file, 'utf8')) as unknown as AnyNode | undefined
  if (program === undefined) return 0
  const calls: AnyNode[] = []
  const functions: AnyNode[] = [program]
  visit(program, (node) => {
    if (node.type === 'CallExpression' || node.type === 'NewExpression') calls.push(node)
    if (/Function/.test(node.type)) functions.push(node)
  })
  const here = calls.filter((call) => covers(call, location)).at(-1)
  if (here === undefined) return 0
  const owner = functions.filter((fn) => fn.start <= here.start && here.end <= fn.end).at(-1)!
  const inner = (call: AnyNode) => functions.filter((fn) => fn.start <= call.start && call.end <= fn.end).at(-1) === owner
  const same = calls.filter((call) => calleeName(call) === calleeName(here) && inner(call)).sort((a, b) => a.start - b.start)
  return same.indexOf(here) + 1
}

function covers(call: AnyNode, { line, column }: SourceLocation): boolean {
  const { start, end } = (call['loc'] ?? {}) as {
    start?: { line: number; column: number }
    end?: { line: number; column: number }
  }
  if (start === undefined || end === undefined) return false
  const at = column - 1
  return (
    (start.line < line || (start.line === line && start.column <= at)) &&
    (end.line > line || (end.line === line && end.column > at))
  )
}

function calleeName(call: AnyNode): string {
  const callee = call['callee'] as AnyNode
  return String(callee['name'] ?? (callee['property'] as AnyNode | undefined)?.['name'] ?? callee.type)
}
