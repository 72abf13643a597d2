import { closeSync, openSync, readSync } from 'node:fs'
import path from 'node:path'
import { inside } from './safe-path.js'

/** Whose output it is: other readers read it, or its source is read. */
const FOREIGN_DIRS = /(?:^|\/)(?:cdk\.out|\.aws-sam|\.serverless|node_modules)\//
const FOREIGN_FILES =
  /(?:^|\/)(?:serverless(?:[.-][\w.-]+)?\.ya?ml|package(?:-lock)?\.json|tsconfig[\w.-]*\.json|(?:docker-)?compose[\w.-]*\.ya?ml)$/
const SUFFIX = /\.(?:ya?ml|json|template)$/
const NAMED = /(?:^|\/)template\.(?:ya?ml|json)$/
/** `sam package` writes a copy of the template beside it. */
const PACKAGED = /packaged[^/]*\.(?:ya?ml|json)$/

const IS_TEMPLATE = /AWSTemplateFormatVersion|AWS::Serverless-2016-10-31|\bAWS::(?:Serverless|Lambda)::[A-Z]/
/** A template by its name may be a fragment, or broken, but not somebody else's (Helm has template.yaml too). */
const MAY_BE_TEMPLATE = /AWS::[A-Z]|AWSTemplateFormatVersion|^["']?Resources["']?\s*:|^\s*["']Resources["']\s*:/m
const NESTED = /(?:^|[{,])\s*["']?(?:Location|TemplateURL)["']?\s*:\s*["']?([^\s"'{},!][^\s"'{},]*)/gm

/** How much of a file decides whether it is a template; data files are many and large. */
const HEAD = 128 * 1024

/** Templates of a project; those that others nest are read with them. */
export function findTemplates(files: readonly string[], root: string): readonly string[] {
  const found = new Map<string, string>()
  for (const file of files) {
    if (!SUFFIX.test(file) || FOREIGN_DIRS.test(file) || FOREIGN_FILES.test(file)) continue
    const head = headOf(path.join(root, file))
    // One that this user may not read is said by whoever reads it.
    if (head === undefined ? NAMED.test(file) : (NAMED.test(file) ? MAY_BE_TEMPLATE : IS_TEMPLATE).test(head))
      found.set(file, head ?? '')
  }
  const dirs = new Set([...found.keys()].filter((file) => !PACKAGED.test(file)).map((file) => path.posix.dirname(file)))
  const own = [...found.keys()].filter((file) => !PACKAGED.test(file) || !dirs.has(path.posix.dirname(file)))
  return topmost(own, (file) => nestedIn(root, file, found.get(file)!))
}

/** Those that nobody nests; of a circle the one nearest to the root, so that it is not lost. */
function topmost(files: readonly string[], childrenOf: (file: string) => readonly string[]): readonly string[] {
  const children = new Map(files.map((file) => [file, childrenOf(file).filter((child) => child !== file)]))
  const nested = new Set([...children.values()].flat())
  const seen = new Set<string>()
  const visit = (start: string): void => {
    const open = [start]
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue
      seen.add(file)
      open.push(...(children.get(file) ?? []))
    }
  }
  const top = files.filter((file) => !nested.has(file))
  top.forEach(visit)
  for (const file of files.toSorted((a, b) => a.split('/').length - b.split('/').length)) {
    if (seen.has(file)) continue
    top.push(file)
    visit(file)
  }
  return top.sort()
}

function nestedIn(root: string, file: string, head: string): readonly string[] {
  return [...head.matchAll(NESTED)].flatMap(([, location]) => {
    if (/^[a-z0-9]+:/.test(location!)) return []
    const target = inside(root, path.join(root, path.dirname(file)), location!)
    return target === undefined ? [] : [path.relative(root, target).replaceAll(path.sep, '/')]
  })
}

function headOf(file: string): string | undefined {
  let handle: number | undefined
  try {
    handle = openSync(file, 'r')
    const buffer = Buffer.allocUnsafe(HEAD)
    return buffer.toString('utf8', 0, readSync(handle, buffer, 0, HEAD, 0))
  } catch {
    return undefined // Not readable for this user: nothing to find there.
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
