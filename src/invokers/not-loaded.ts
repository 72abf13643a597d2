import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'acorn'
import type { Opened, Target } from '../model/index.js'
import { isTypeScript } from './mirror.js'

type NotLoaded = Extract<Opened, { kind: 'not-loaded' }>

/** Why a function could not be loaded, in one line that ends with what to do about it. */
export function notLoaded(target: Target, type: string, reason: string): NotLoaded {
  const where = type === 'Runtime.UserCodeSyntaxError' && !isTypeScript(target.file) ? syntaxErrorIn(target.file) : undefined
  const text = [where === undefined ? reason : `${reason} (${where})`, advice(target, type, reason)].filter((part) => part !== '')
  return { kind: 'not-loaded', type, reason: text.join('. ').replace(/\s+/g, ' ') }
}

function advice(target: Target, type: string, reason: string): string {
  switch (type) {
    case 'Runtime.HandlerNotFound':
      return `Name the export: ${path.basename(target.file)}#<export>`
    case 'Runtime.ImportModuleError':
      return reason.startsWith('No such file')
        ? 'Name the handler file'
        : isTypeScript(target.file)
          ? ''
          : 'Install what the function imports'
    case 'Runtime.UserCodeSyntaxError':
      return ''
    case 'Runtime.ExitError':
    case 'Sandbox.Timeout':
      return 'A handler file must come back from being loaded'
    default:
      return 'Give what it needs to start with --env-file or in eventfuzz.config.json'
  }
}

/** Node keeps the place of an ES module's syntax error to itself: the first file, of those that the entry imports, that does not parse. */
function syntaxErrorIn(entry: string): string | undefined {
  const seen = new Set<string>()
  const queue = [entry]
  for (let file = queue.shift(); file !== undefined && seen.size < 200; file = queue.shift()) {
    if (seen.has(file) || !existsSync(file)) continue
    seen.add(file)
    const text = readFileSync(file, 'utf8')
    const line = errorLine(text)
    if (line !== undefined) return `${path.relative(path.dirname(entry), file) || path.basename(file)}:${line}`
    for (const [, relative] of text.matchAll(/(?:\bfrom|\bimport|\brequire\()\s*\(?["'](\.[^"']+)["']/g))
      queue.push(path.resolve(path.dirname(file), relative!))
  }
  return undefined
}

function errorLine(code: string): number | undefined {
  let line: number | undefined
  for (const sourceType of ['module', 'script'] as const) {
    try {
      parse(code, { ecmaVersion: 'latest', sourceType, allowHashBang: true, allowReturnOutsideFunction: true })
      return undefined
    } catch (error) {
      line ??= (error as { loc?: { line: number } }).loc?.line
    }
  }
  return line
}
