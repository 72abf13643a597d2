import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError, type SandboxLevel, type SandboxReport } from '../model/index.js'
import { nodeVersion } from './node-version.js'
import { type Escapes, escapesFrom } from './sandbox-test.js'

/** Directories the process may read, and the one that is its /tmp. */
export interface Mounts {
  readonly read: readonly string[]
  /** Holds the sidecar's sockets. */
  readonly sockets: string | null
  readonly tmp: string
  readonly cwd: string
  /** What stands at /opt, where the level has a file system of its own. */
  readonly opt?: string | null
}

export interface Command {
  readonly file: string
  readonly args: readonly string[]
}

/** A level that was tried and holds. */
export interface Sandbox extends SandboxReport {
  /** False: paths below /tmp have to be redirected by the harness. */
  readonly ownTmp: boolean
  wrap(node: string, flags: readonly string[], script: string, args: readonly string[], mounts: Mounts): Command
}

const DIST = fileURLToPath(new URL('..', import.meta.url))

function permissionFlags(mounts: Mounts, node: string): string[] {
  const flag = Number.parseInt(nodeVersion(node), 10) >= 24 ? '--permission' : '--experimental-permission'
  const readable = [...mounts.read, DIST, mounts.tmp, ...(mounts.sockets === null ? [] : [mounts.sockets])]
  const reads = readable.map((dir) => `--allow-fs-read=${dir.replace(/\/$/, '')}/*`)
  return [
    flag,
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    ...reads,
    `--allow-fs-write=${mounts.tmp}/*`,
  ]
}

const weak: Sandbox = {
  level: 'weak',
  layers: ['clean environment', 'permission model (no processes, no files outside the task)', 'network by probes only'],
  ownTmp: false,
  wrap: (node, flags, script, args, mounts) => ({
    file: node,
    args: [...permissionFlags(mounts, node), ...flags, script, ...args],
  }),
}

const medium: Sandbox = {
  level: 'medium',
  layers: [
    'clean environment',
    'permission model (no processes, no files outside the task)',
    'network and process namespaces (unshare)',
  ],
  ownTmp: false,
  wrap: (node, flags, script, args, mounts) => {
    const inner = weak.wrap(node, flags, script, args, mounts)
    // A process namespace too: the permission model lets signals through.
    return { file: 'unshare', args: ['-Urn', '--pid', '--fork', '--kill-child', '--mount-proc', '--', inner.file, ...inner.args] }
  },
}

const SYSTEM = ['/usr', '/lib', '/lib64', '/lib32', '/bin', '/sbin']

/** What Lambda gives a function in /tmp, unless its template asks for more. */
const TMP_BYTES = 512 * 1024 * 1024
let canLimit: boolean | undefined

/** A /tmp that ends where Lambda's does. bubblewrap before 0.7 cannot limit one: there it is a directory of ours. */
function tmpOf(mounts: Mounts): string[] {
  canLimit ??= spawnSync('bwrap', ['--help'], { encoding: 'utf8', timeout: 5_000 }).stdout?.includes('--size ') ?? false
  return canLimit ? ['--size', String(TMP_BYTES), '--tmpfs', '/tmp'] : ['--bind', mounts.tmp, '/tmp']
}

const strong: Sandbox = {
  level: 'strong',
  layers: ['clean environment', 'bubblewrap (own files, network, processes, /tmp)', 'no capabilities'],
  ownTmp: true,
  wrap: (node, flags, script, args, mounts) => {
    const bind = (dirs: readonly string[]) => dirs.filter((dir) => existsSync(dir)).flatMap((dir) => ['--ro-bind', dir, dir])
    const isolate = [
      '--unshare-all',
      '--die-with-parent',
      '--new-session',
      '--cap-drop',
      'ALL',
      '--proc',
      '/proc',
      '--dev',
      '/dev',
    ]
    const own = [...mounts.read, DIST, ...(mounts.sockets === null ? [] : [mounts.sockets])]
    const tool = path.dirname(node)
    const system = bind([...SYSTEM, ...(SYSTEM.some((dir) => tool.startsWith(`${dir}/`)) ? [] : [tool])])
    const files = [
      ...system,
      ...tmpOf(mounts),
      ...(mounts.opt ? ['--ro-bind', mounts.opt, '/opt'] : []),
      ...bind(own),
      '--chdir',
      mounts.cwd,
    ]
    return { file: 'bwrap', args: [...isolate, ...files, '--', node, ...flags, script, ...args] }
  },
}

const none: Sandbox = {
  level: 'none',
  layers: ['clean environment'],
  ownTmp: false,
  wrap: (node, flags, script, args) => ({ file: node, args: [...flags, script, ...args] }),
}

const LEVELS: Readonly<Record<SandboxLevel, Sandbox>> = { strong, medium, weak, none }

/** What each level promises. Strong lets processes run: they find nothing of the machine inside. */
const HOLDS: Readonly<Record<SandboxLevel, (test: Escapes) => boolean>> = {
  strong: (t) => !t.write && !t.readHome && !t.connect && !t.udp && !t.dns && !t.signal,
  medium: (t) => !t.spawn && !t.write && !t.readHome && !t.connect && !t.udp && !t.dns && !t.signal,
  weak: (t) => !t.spawn && !t.write && !t.readHome,
  none: () => true,
}

/** The strongest level that holds on this machine, shown by a function that tries to get out; or exactly the one demanded. */
export async function chooseSandbox(node: string, demanded: SandboxLevel | undefined): Promise<Sandbox> {
  nodeVersion(node)
  if (demanded === 'none') return none
  const order: readonly SandboxLevel[] = demanded === undefined ? ['strong', 'medium', 'weak'] : [demanded]
  for (const level of order) if (await holds(LEVELS[level], node)) return LEVELS[level]
  if (demanded === undefined)
    throw new ConfigError(`No sandbox level holds on this machine with ${node}. '--sandbox none' runs without one`)
  const how = demanded === 'strong' ? ': install bubblewrap (apt-get install bubblewrap) and allow user namespaces' : ''
  throw new ConfigError(`The sandbox level '${demanded}' does not hold on this machine${how}`)
}

async function holds(sandbox: Sandbox, node: string): Promise<boolean> {
  const test = await escapesFrom(sandbox, node)
  return test !== undefined && HOLDS[sandbox.level](test)
}

/** What a level keeps in on this machine; undefined where it cannot start. */
export async function examine(
  level: SandboxLevel,
  node: string,
): Promise<{ readonly holds: boolean; readonly escapes: Escapes } | undefined> {
  nodeVersion(node)
  const escapes = await escapesFrom(LEVELS[level], node)
  return escapes && { holds: HOLDS[level](escapes), escapes }
}
