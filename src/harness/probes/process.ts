import childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import { childEnvironment, type Elsewhere, isNode, real } from '../elsewhere.js'
import { withIntrinsics } from '../intrinsics.js'
import { carriesCanary, seen } from '../report-effect.js'

type Options = { shell?: boolean | string; env?: NodeJS.ProcessEnv; encoding?: string; stdio?: unknown }
type Callback = (error: Error | null, stdout: string | Buffer, stderr: string | Buffer) => void

const SHELLS = /(?:^|\/)(?:sh|bash|dash|zsh|ash|ksh)$/

function record(api: string, file: string, argv: readonly string[], shell: boolean): void {
  withIntrinsics(() => tell(api, file, argv, shell))
}

function tell(api: string, file: string, argv: readonly string[], shell: boolean): void {
  const inline = !shell && SHELLS.test(file) ? argv.findIndex((arg) => /^-[a-z]*c$/.test(arg)) : -1
  const command = inline === -1 ? [file, ...argv].join(' ') : (argv[inline + 1] ?? '')
  const isShell = shell || inline !== -1
  const output = isShell && isExecuting && carriesCanary(command) ? printedBy(command) : undefined
  seen({
    kind: 'process',
    api: `child_process.${api}`,
    file,
    argv,
    shell: isShell,
    command,
    ...(output === undefined ? {} : { output }),
    answered: 'synthetic',
  })
}

const RUN_MS = 500
const realSpawn = childProcess.spawnSync
let isExecuting = false
let part: Omit<Elsewhere, 'n'> | undefined

/** What a shell really prints for a command. The function gets the made-up answer all the same: the programs it needs are not here. */
function printedBy(command: string): string {
  const { stdout } = realSpawn('/bin/sh', ['-c', command], {
    timeout: RUN_MS,
    killSignal: 'SIGKILL',
    encoding: 'utf8',
    maxBuffer: 65_536,
  })
  return String(stdout ?? '').slice(0, 16_384)
}

// A missing program text is the caller's bug and must look like Node's own error.
function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return
  const code = typeof value === 'string' ? 'ERR_INVALID_ARG_VALUE' : 'ERR_INVALID_ARG_TYPE'
  throw Object.assign(new TypeError(`The argument '${name}' is invalid. Received ${typeof value}`), { code })
}

/** Splits (file, args?, options?, callback?) as Node does. */
function split(rest: readonly unknown[]): { argv: string[]; options: Options; callback: Callback | undefined } {
  const argv = Array.isArray(rest[0]) ? rest[0] : []
  for (const arg of argv) if (typeof arg === 'string' && arg.includes('\0')) checkText('args', arg)
  const options =
    rest.find((value): value is Options => typeof value === 'object' && value !== null && !Array.isArray(value)) ?? {}
  const callback = rest.find((value) => typeof value === 'function') as Callback | undefined
  return { argv: argv.map(String), options, callback }
}

/** A process that printed nothing and ended with 0. */
function ended(file: string, argv: readonly string[]): childProcess.ChildProcess {
  const child = new EventEmitter() as EventEmitter & Record<string, unknown>
  const stdout = Readable.from([])
  const stderr = Readable.from([])
  const stdin = new Writable({ write: (_chunk, _encoding, next) => next() })
  Object.assign(child, { pid: 4242, stdin, stdout, stderr, stdio: [stdin, stdout, stderr], killed: false, connected: false })
  Object.assign(child, { exitCode: null, signalCode: null, spawnfile: file, spawnargs: [file, ...argv] })
  for (const name of ['ref', 'unref', 'disconnect']) child[name] = () => undefined
  child['kill'] = () => true
  child['send'] = () => true
  setImmediate(() => {
    child.emit('spawn')
    child['exitCode'] = 0
    child.emit('exit', 0, null)
    setImmediate(() => child.emit('close', 0, null))
  })
  return child as unknown as childProcess.ChildProcess
}

const text = (options: Options): string | Buffer =>
  options.encoding === 'buffer' || options.encoding === null ? Buffer.alloc(0) : ''

function withCallback(file: string, argv: readonly string[], options: Options, callback: Callback | undefined) {
  const child = ended(file, argv)
  if (callback !== undefined) child.once('close', () => callback(null, text(options), text(options)))
  return child
}

const replacements = {
  exec(command: unknown, ...rest: unknown[]) {
    checkText('command', command)
    record('exec', '/bin/sh', ['-c', command], false)
    const { options, callback } = split(rest)
    return withCallback('/bin/sh', ['-c', command], options, callback)
  },
  execFile(file: unknown, ...rest: unknown[]) {
    checkText('file', file)
    const { argv, options, callback } = split(rest)
    record('execFile', file, argv, Boolean(options.shell))
    return withCallback(file, argv, options, callback)
  },
  spawn(file: unknown, ...rest: unknown[]) {
    checkText('file', file)
    const { argv, options } = split(rest)
    record('spawn', file, argv, Boolean(options.shell))
    return runsNode(file, options) ? real.spawn(file, argv, withPart(options) as childProcess.SpawnOptions) : ended(file, argv)
  },
  fork(file: unknown, ...rest: unknown[]) {
    checkText('modulePath', file)
    const { argv, options } = split(rest)
    record('fork', process.execPath, [file, ...argv], false)
    return runsNode(process.execPath, options)
      ? real.fork(file, argv, withPart(options) as childProcess.ForkOptions)
      : ended(file, argv)
  },
  execSync(command: unknown, ...rest: unknown[]) {
    checkText('command', command)
    record('execSync', '/bin/sh', ['-c', command], false)
    return syncText(split(rest).options)
  },
  execFileSync(file: unknown, ...rest: unknown[]) {
    checkText('file', file)
    const { argv, options } = split(rest)
    record('execFileSync', file, argv, Boolean(options.shell))
    return syncText(options)
  },
  spawnSync(file: unknown, ...rest: unknown[]) {
    checkText('file', file)
    const { argv, options } = split(rest)
    record('spawnSync', file, argv, Boolean(options.shell))
    const out = syncText(options)
    return { pid: 4242, output: [null, out, out], stdout: out, stderr: out, status: 0, signal: null }
  },
}

/** A node that the function starts, without a shell, is of its own code: it runs, and its calls are seen. */
const runsNode = (file: string, { shell }: Options): boolean => part !== undefined && !shell && isNode(file)

const withPart = (options: Options): Options & { env: NodeJS.ProcessEnv } => ({
  ...options,
  env: childEnvironment(part!, options.env ?? process.env),
})

const syncText = (options: Options): string | Buffer =>
  options.encoding !== undefined && options.encoding !== 'buffer' ? '' : Buffer.alloc(0)

/**
 * Processes are recorded and answered with '' and 0; none is started. With `execute`, a shell command that holds event data is run
 * beside that, inside the sandbox: payloads only print, and what they print proves that they ran.
 */
export function probeProcesses(execute: boolean, elsewhere: Omit<Elsewhere, 'n'> | undefined): void {
  isExecuting = execute
  part = execute ? elsewhere : undefined
  for (const name of ['exec', 'execFile'] as const) {
    const replacement = replacements[name] as (...args: unknown[]) => childProcess.ChildProcess
    // Without this, promisify(exec) would resolve to a bare string: a crash that is not there in life.
    Object.defineProperty(replacement, promisify.custom, {
      value: (...args: unknown[]) => {
        let child: childProcess.ChildProcess | undefined
        const promise = new Promise((resolve, reject) => {
          child = replacement(...args, (error: Error | null, stdout: string, stderr: string) =>
            error === null ? resolve({ stdout, stderr }) : reject(error),
          )
        })
        return Object.assign(promise, { child })
      },
    })
  }
  Object.assign(childProcess, replacements)
  probeSignals()
}

/** A function may signal itself; other processes are not there, whatever level it runs at. */
function probeSignals(): void {
  const kill = process.kill.bind(process)
  const own = process.pid
  process.kill = (pid, signal) => {
    if (Number(pid) === own) return kill(own, signal)
    seen({
      kind: 'process',
      api: 'process.kill',
      file: 'kill',
      argv: [String(signal ?? 'SIGTERM'), String(pid)],
      shell: false,
      command: `kill ${pid}`,
      answered: 'denied',
    })
    throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH', errno: -3, syscall: 'kill' })
  }
}
