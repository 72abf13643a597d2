import { existsSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { TargetOptions } from '../config/index.js'
import { functionName } from '../invokers/environment.js'
import { localInvoker } from '../invokers/local.js'
import { ConfigError, type SandboxLevel, type Target, TargetError } from '../model/index.js'
import { InvokeApi } from './serve/api.js'
import { FunctionNames } from './serve/function-names.js'
import { isLoopback } from './serve/loopback.js'
import { resolveTargets } from './targets.js'

export interface ServeOptions extends TargetOptions {
  readonly targets: readonly string[]
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly node: string
  readonly sandbox: SandboxLevel | undefined
  readonly cwd: string
}

/** What is served, and where. */
export interface Serving {
  readonly endpoint: string
  readonly sandbox: SandboxLevel
  readonly functions: readonly { readonly name: string; readonly handler: string }[]
  readonly notServed: readonly { readonly what: string; readonly why: string }[]
}

/**
 * Answers the AWS Lambda Invoke API for functions on this machine, until the signal. One execution environment a function:
 * its invocations run one after another, those of different functions side by side.
 */
export async function serve(options: ServeOptions, onReady: (serving: Serving) => void, signal: AbortSignal): Promise<void> {
  if (!isLoopback(options.host))
    throw new ConfigError(`--host ${options.host}: functions are served on loopback only, such as 127.0.0.1 or ::1`)
  const resolved = await resolveTargets(options.targets, options, options.cwd)
  const targets = resolved.targets.filter(({ file }) => existsSync(file))
  const missing = resolved.targets.filter(({ file }) => !existsSync(file))
  if (targets.length === 0) throw new TargetError(`No such file: ${missing[0]?.file}. Name the handler file`)
  const functions = new FunctionNames(targets)
  let endpoint = ''
  // Functions that call functions: their calls come back to this server.
  await using invoker = await localInvoker({ node: options.node, sandbox: options.sandbox, lambda: () => endpoint })
  // Whatever ends the server also ends what runs for it.
  const stop = new AbortController()
  let failure: { readonly error: unknown } | undefined
  const broken = (error: unknown) => {
    failure ??= { error }
    stop.abort()
  }
  await using api = new InvokeApi(functions, invoker, stop.signal, broken)
  await using server = await listen(api, options)
  endpoint = server.endpoint
  const notServed = [
    ...resolved.untested,
    ...missing.map(({ id, file }) => ({ what: id, why: `there is no file ${path.relative(options.cwd, file)}` })),
  ]
  onReady({
    endpoint,
    sandbox: invoker.sandbox.level,
    functions: targets.map((target) => ({ name: functionName(target), handler: handlerOf(target, options.cwd) })),
    notServed,
  })
  await either(signal, stop.signal)
  stop.abort()
  if (failure !== undefined) throw failure.error
}

const handlerOf = (target: Target, cwd: string): string => `${path.relative(cwd, target.file)}#${target.export}`

function either(...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      if (signal.aborted) resolve()
      signal.addEventListener('abort', () => resolve(), { once: true })
    }
  })
}

async function listen(api: InvokeApi, { host, port }: ServeOptions): Promise<AsyncDisposable & { readonly endpoint: string }> {
  const server = http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => void api.take(request, response))
  // A name may lead anywhere.
  const address = host.toLowerCase() === 'localhost' ? '127.0.0.1' : host
  await new Promise<void>((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new ConfigError(`${host}:${port} cannot be listened on (${code}): choose another --port, or 0 for any`)),
    )
    server.listen(port, address, resolve)
  })
  const shown = address.includes(':') ? `[${address}]` : address
  return {
    endpoint: `http://${shown}:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
