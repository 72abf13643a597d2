import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Sidecar, startSidecar } from '../aws/client.js'
import {
  ConfigError,
  type EnforcedRole,
  type Invoker,
  type Opened,
  type SandboxLevel,
  type Target,
  TargetError,
} from '../model/index.js'
import { CoverageMeter } from './coverage.js'
import { ACCOUNT, environmentOf, functionName, REGION } from './environment.js'
import { instrumentedCopy } from './instrumented-copy.js'
import { KeptCode } from './kept-code.js'
import { type Inspected, type Launch, LocalSession } from './local-session.js'
import { isTypeScript, type Mirror, mirrorTarget } from './mirror.js'
import { notLoaded } from './not-loaded.js'
import type { Heard } from './observed.js'
import { chooseSandbox, type Sandbox } from './sandbox.js'
import { SourceMaps } from './source-maps.js'

export interface LocalOptions {
  /** Path of the node that runs the target. */
  readonly node: string
  readonly sandbox: SandboxLevel | undefined
  /** Processes that functions start really run: only where the sandbox is strong. */
  readonly executeSinks?: boolean
  readonly inspect?: Inspected
  /** Emulator of AWS that answers in place of the stub. */
  readonly awsEndpoint?: string | undefined
  /** The role of a target whose policies the stub enforces. */
  readonly enforced?: ((target: Target) => EnforcedRole | undefined) | undefined
  /** Directory in which instrumented code is kept over runs; undefined: it is made each time. */
  readonly cache?: string | undefined
  /** Hears what the user should know: one line, each once. */
  readonly onWarning?: (message: string) => void
  /** Endpoint of the Invoke API that functions reach; asked when a function is opened. */
  readonly lambda?: () => string
}

/** Runs functions in child processes on this machine, AWS answered by the sidecar. */
export async function localInvoker(options: LocalOptions): Promise<Invoker> {
  const warned = new Set<string>()
  const warn = (message: string): void => {
    if (!warned.has(message)) options.onWarning?.(message)
    warned.add(message)
  }
  const [sandbox, sidecar] = await Promise.all([
    chooseSandbox(options.node, options.sandbox),
    startSidecar((message) => warn(message)),
  ])
  if (options.executeSinks === true && sandbox.level !== 'strong') {
    await sidecar[Symbol.asyncDispose]()
    throw new ConfigError(
      `--execute-sinks runs processes only in a strong sandbox; this one is ${sandbox.level}: see 'eventfuzz doctor'`,
    )
  }
  const base = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-'))
  let opened = 0
  return {
    id: 'local',
    sandbox: { level: sandbox.level, layers: sandbox.layers },
    open: (target) => open(target, path.join(base, String(opened++)), { ...options, onWarning: warn }, sandbox, sidecar),
    async [Symbol.asyncDispose]() {
      await sidecar[Symbol.asyncDispose]()
      rmSync(base, { recursive: true, force: true })
    },
  }
}

async function open(target: Target, dir: string, options: LocalOptions, sandbox: Sandbox, sidecar: Sidecar): Promise<Opened> {
  const sockets = path.join(dir, 'aws')
  mkdirSync(sockets, { recursive: true, mode: 0o700 })
  let mirror: Mirror
  try {
    mirror = await prepare(target, path.join(dir, 'task'))
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    return notLoaded(target, typeOf(error), error.message)
  }
  const made = await launchOf({ target, dir, mirror, options, sandbox, sidecar, explores: false })
  // Stepping through instrumented code would show what nobody wrote.
  const explorer = options.inspect === undefined ? () => openExplorer(target, dir, mirror, options, sandbox, sidecar) : undefined
  options.inspect?.onLaunch(mirror.file)
  const session = await LocalSession.open({ ...made.launch, ...(explorer && { explorer }) }, sidecar, made.heard, made.secrets)
  return session.kind === 'open' ? session : notLoaded(target, session.type, session.reason)
}

/** The same function with instrumented code and an AWS of its own, in a process of its own. */
async function openExplorer(
  target: Target,
  base: string,
  mirror: Mirror,
  options: LocalOptions,
  sandbox: Sandbox,
  sidecar: Sidecar,
): Promise<LocalSession | undefined> {
  const dir = path.join(base, 'explore')
  const copy = instrumentedCopy(mirror, path.join(dir, 'task'), new KeptCode(options.cache), target.instrument)
  for (const { file, why } of copy.left)
    options.onWarning?.(`${file} ${why}: ${target.id} is explored without knowing what that file compares`)
  for (const [name, why] of copy.refused) options.onWarning?.(`${name} is not instrumented for ${target.id}: ${why}`)
  mkdirSync(path.join(dir, 'aws'), { recursive: true, mode: 0o700 })
  const { launch, heard, secrets } = await launchOf({
    target,
    dir,
    mirror: copy.mirror,
    options,
    sandbox,
    sidecar,
    explores: true,
  })
  const opened = await LocalSession.open(
    { ...launch, meter: new CoverageMeter(copy.sites, launch.maps) },
    sidecar,
    heard,
    secrets,
  )
  if (opened.kind === 'open') return opened.session as LocalSession
  options.onWarning?.(
    `${target.id} does not load with counters (${opened.reason}): it is explored without knowing what it compares`,
  )
  return undefined
}

interface Launching {
  readonly target: Target
  readonly dir: string
  readonly mirror: Mirror
  readonly options: LocalOptions
  readonly sandbox: Sandbox
  readonly sidecar: Sidecar
  readonly explores: boolean
}

async function launchOf({ target, dir, mirror, options, sandbox, sidecar, explores }: Launching) {
  const { node, inspect, lambda, awsEndpoint, enforced, onWarning = () => undefined, executeSinks = false } = options
  const sockets = path.join(dir, 'aws')
  const { env, secrets } = environmentOf(target, mirror.taskRoot, sandbox.ownTmp ? '/opt' : (mirror.opt ?? '/opt'))
  const heard: Heard = { aws: [], web: [] }
  const role = enforced?.(target)
  const aws = await sidecar.open(
    {
      ...{ id: dir, dir: sockets, region: REGION, account: ACCOUNT, fixtures: target.fixtures },
      ...{ tables: target.tables ?? {}, http: target.http ?? [] },
      ...(lambda === undefined ? {} : { lambda: lambda() }),
      ...(awsEndpoint === undefined ? {} : { endpoint: awsEndpoint }),
      ...(role === undefined
        ? {}
        : { caller: { role, functionName: functionName(target), accessKey: env['AWS_ACCESS_KEY_ID'] ?? '' } }),
    },
    (call) => heard.aws.push(call),
    (call) => heard.web.push(call),
  )
  const flags = [
    `--max-old-space-size=${target.memoryMb}`,
    ...(inspect === undefined ? [] : [`--inspect-brk=127.0.0.1:${inspect.port}`]),
  ]
  const launch: Launch = {
    env,
    command: (tmp) =>
      sandbox.wrap(node, flags, HOST_ENTRY, [], {
        read: [mirror.root, ...mirror.outside, ...(mirror.opt === null ? [] : [mirror.opt])],
        opt: mirror.opt,
        sockets,
        tmp,
        cwd: mirror.taskRoot,
      }),
    target: (tmp) => ({
      file: mirror.file,
      export: target.export,
      taskRoot: mirror.taskRoot,
      mirrorRoot: mirror.root,
      outside: mirror.outside,
      executeSinks,
      ...(explores && { explores }),
      opt: sandbox.ownTmp ? null : mirror.opt,
      functionName: functionName(target),
      memoryMb: target.memoryMb,
      timeoutMs: target.timeoutMs,
      runtime: target.runtime,
      region: REGION,
      account: ACCOUNT,
      sockets: aws.sockets,
      http: (target.http ?? []).map(({ host }) => host),
      ca: aws.ca,
      tmp: sandbox.ownTmp ? null : tmp,
    }),
    dir,
    code: mirror.file,
    maps: new SourceMaps(mirror.taskRoot, target.root, mirror.root),
    inspect,
    warn: onWarning,
  }
  return { launch, heard, secrets }
}

const typeOf = ({ message }: TargetError): string =>
  message.startsWith('It does not compile') ? 'Runtime.UserCodeSyntaxError' : 'Runtime.ImportModuleError'

/** The mirror with everything in it that has to be compiled. */
async function prepare(target: Target, into: string): Promise<Mirror> {
  const mirror = mirrorTarget(target, into)
  if (!isTypeScript(target.file)) return mirror
  const { compiledName, compileTypeScript } = await import('./typescript.js')
  const file = compiledName(mirror.file)
  await compileTypeScript(target, file)
  return { ...mirror, file }
}

const HOST_ENTRY = new URL('../harness/bootstrap.js', import.meta.url).pathname
