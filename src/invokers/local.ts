import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Sidecar, startSidecar } from '../aws/client.js'
import {
  type AwsCall,
  ConfigError,
  type Invoker,
  type Opened,
  type SandboxLevel,
  type Target,
  TargetError,
} from '../model/index.js'
import { ACCOUNT, environmentOf, functionName, REGION } from './environment.js'
import { type Inspected, type Launch, LocalSession } from './local-session.js'
import { isTypeScript, type Mirror, mirrorTarget } from './mirror.js'
import { notLoaded } from './not-loaded.js'
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

async function open(
  target: Target,
  dir: string,
  { node, inspect, lambda, awsEndpoint, onWarning = () => undefined, executeSinks = false }: LocalOptions,
  sandbox: Sandbox,
  sidecar: Sidecar,
): Promise<Opened> {
  const sockets = path.join(dir, 'aws')
  mkdirSync(sockets, { recursive: true, mode: 0o700 })
  let mirror: Mirror
  try {
    mirror = await prepare(target, path.join(dir, 'task'))
  } catch (error) {
    if (!(error instanceof TargetError)) throw error
    return notLoaded(target, typeOf(error), error.message)
  }
  const { env, secrets } = environmentOf(target, mirror.taskRoot, sandbox.ownTmp ? '/opt' : (mirror.opt ?? '/opt'))
  const calls: AwsCall[] = []
  const aws = await sidecar.open(
    {
      ...{ id: dir, dir: sockets, region: REGION, account: ACCOUNT, fixtures: target.fixtures, tables: target.tables ?? {} },
      ...(lambda === undefined ? {} : { lambda: lambda() }),
      ...(awsEndpoint === undefined ? {} : { endpoint: awsEndpoint }),
    },
    (call) => calls.push(call),
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
      executeSinks,
      opt: sandbox.ownTmp ? null : mirror.opt,
      functionName: functionName(target),
      memoryMb: target.memoryMb,
      timeoutMs: target.timeoutMs,
      runtime: target.runtime,
      region: REGION,
      account: ACCOUNT,
      sockets: aws.sockets,
      ca: aws.ca,
      tmp: sandbox.ownTmp ? null : tmp,
    }),
    dir,
    code: mirror.file,
    maps: new SourceMaps(mirror.taskRoot, target.root, mirror.root),
    inspect,
    warn: onWarning,
  }
  inspect?.onLaunch(mirror.file)
  const session = await LocalSession.open(launch, sidecar, calls, secrets)
  return session.kind === 'open' ? session : notLoaded(target, session.type, session.reason)
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
