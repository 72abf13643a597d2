import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { current } from '../context.js'
import { carriesCanary, seen } from '../report-effect.js'

type Fn = (...args: unknown[]) => unknown

export interface FsRoots {
  /** Where the function's files are. */
  readonly taskRoot: string
  /** Top of the mirror, which may itself stand below the machine's /tmp. */
  readonly mirrorRoot: string
  /** Directories outside the mirror that its links lead to: they may stand below the machine's /tmp too. */
  readonly outside: readonly string[]
  /** Where paths below /tmp really go; null when the sandbox has a /tmp of its own. */
  readonly tmp: string | null
  /** Where paths below /opt really go; null as for `tmp`. */
  readonly opt: string | null
}

/** Operations that take a path first; `2`: a second path follows. */
const ONE = [
  'access',
  'appendFile',
  'chmod',
  'chown',
  'lstat',
  'mkdir',
  'mkdtemp',
  'open',
  'opendir',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'rm',
  'rmdir',
  'stat',
  'truncate',
  'unlink',
  'utimes',
  'writeFile',
  'lutimes',
  'statfs',
] as const
const TWO = ['copyFile', 'cp', 'link', 'rename', 'symlink'] as const
const TMP = /^\/tmp(?=\/|$)/
const OPT = /^\/opt(?=\/|$)/

/** Files are read through; paths that carry event data and leave the task root and /tmp are recorded and answered ENOENT. */
export function probeFs(roots: FsRoots): void {
  const gate = gateOf(roots)
  for (const [names, paths] of [
    [ONE, 1],
    [TWO, 2],
  ] as const) {
    for (const name of names) {
      patch(fs, name, paths, gate, 'callback')
      patch(fs, `${name}Sync`, paths, gate, 'sync')
      patch(fs.promises, name, paths, gate, 'promise')
    }
  }
  for (const name of [
    'createReadStream',
    'createWriteStream',
    'existsSync',
    'exists',
    'watch',
    'watchFile',
    'openAsBlob',
  ] as const) {
    patch(fs, name, 1, gate, 'through')
  }
}

type Style = 'callback' | 'sync' | 'promise' | 'through'

interface Gate {
  /** The path to use, or an error that the operation answers with. */
  pass(op: string, api: string, value: unknown): { readonly path: unknown } | { readonly error: NodeJS.ErrnoException }
}

function patch(owner: object, name: string, paths: 1 | 2, gate: Gate, style: Style): void {
  const original = Reflect.get(owner, name) as Fn | undefined
  if (typeof original !== 'function') return
  const api = owner === fs.promises ? `fs.promises.${name}` : `fs.${name}`
  const replacement = function (this: unknown, ...args: unknown[]): unknown {
    let refusal: NodeJS.ErrnoException | undefined
    for (let i = 0; i < paths; i++) {
      const passed = gate.pass(name.replace(/Sync$/, ''), api, args[i])
      if ('error' in passed) refusal ??= passed.error
      else args[i] = passed.path
    }
    if (refusal === undefined || style === 'through') return Reflect.apply(original, this, args)
    if (style === 'promise') return Promise.reject(refusal)
    if (style === 'sync') throw refusal
    const callback = args.at(-1)
    if (typeof callback !== 'function') return Reflect.apply(original, this, args)
    process.nextTick(callback as Fn, refusal)
    return undefined
  }
  Object.defineProperties(replacement, Object.getOwnPropertyDescriptors(original))
  Object.defineProperty(owner, name, { value: replacement, writable: true, configurable: true, enumerable: true })
}

function gateOf(roots: FsRoots): Gate {
  const { tmp, opt } = roots
  const kept = [roots.mirrorRoot, ...roots.outside, tmp, opt].filter((dir) => dir !== null).map((dir) => `${dir}/`)
  const own = (file: string) => file === tmp || kept.some((dir) => file.startsWith(dir))
  const redirects = (file: string): boolean =>
    ((tmp !== null && TMP.test(file)) || (opt !== null && OPT.test(file))) && !own(file)
  const redirect = (file: string): string => file.replace(TMP, tmp ?? '/tmp').replace(OPT, opt ?? '/opt')
  return {
    pass(op, api, value) {
      const given = textOf(value)
      if (given === undefined) return { path: value }
      const resolved = path.resolve(given)
      if (!carriesCanary(given)) return { path: redirects(resolved) ? redirect(resolved) : value }
      const inside = TMP.test(resolved) || resolved.startsWith(`${roots.taskRoot}/`)
      report(op, api, given, resolved, inside)
      if (inside) return { path: redirects(resolved) ? redirect(resolved) : value }
      const error = new Error(`ENOENT: no such file or directory, ${op} '${given}'`)
      return { error: Object.assign(error, { errno: -2, code: 'ENOENT', syscall: op, path: given }) }
    },
  }
}

function report(op: string, api: string, given: string, resolved: string, inside: boolean): void {
  const execution = current()
  // Streams and promises open the same path again from Node's own code: one sink, one effect.
  if (execution?.seenPaths.has(`${resolved}\0${api}`)) return
  execution?.seenPaths.add(`${resolved}\0${api}`)
  seen({ kind: 'fs', api, op, path: given, real: resolved, answered: inside ? 'real' : 'denied' })
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? undefined : value
  if (value instanceof URL && value.protocol === 'file:') return fileURLToPath(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  return undefined
}
