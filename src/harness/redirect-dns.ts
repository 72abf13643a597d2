import dns from 'node:dns'
import { isIP } from 'node:net'

/** What the DNS patch asks of the redirection. */
export interface DnsAnswers {
  /** A made-up address for a name that goes to the sidecar; undefined for any other name. */
  addressOf(host: string): string | undefined
  /** Name of the server that a service record names; undefined where there is none. */
  serverOf?(host: string): { readonly name: string; readonly port: number } | undefined
  onDns(host: string, api: string): void
}

type Callback = (error: Error | null, ...results: unknown[]) => void
type Dictionary = Record<string, unknown>

const ASKS = /^(lookup|lookupService|resolve[A-Za-z0-9]*|reverse)$/

/** No name leaves the process: lookups are answered here, by callback and by promise, for the module and its Resolver classes. */
export function patchDns(answers: DnsAnswers): void {
  const callback = [dns, dns.Resolver.prototype] as unknown as Dictionary[]
  const promised = [dns.promises, dns.promises.Resolver.prototype] as unknown as Dictionary[]
  for (const owner of callback) patchAll(owner, (name) => byCallback(name, answers))
  for (const owner of promised) patchAll(owner, (name) => byPromise(name, answers))
}

function patchAll(owner: Dictionary, patch: (name: string) => unknown): void {
  for (const name of Object.getOwnPropertyNames(owner)) {
    if (ASKS.test(name) && typeof owner[name] === 'function') Reflect.set(owner, name, patch(name))
  }
}

function byCallback(name: string, answers: DnsAnswers): unknown {
  const patched = (host: unknown, ...rest: unknown[]): unknown => {
    const callback = rest.findLast((arg): arg is Callback => typeof arg === 'function')
    if (callback === undefined) throw new TypeError('The "callback" argument must be of type function.')
    const found = answer(name, String(host), rest, answers)
    setImmediate(() => {
      if (found instanceof Error) callback(found)
      else if ('address' in found) callback(null, found.address, found.family)
      else callback(null, found)
    })
    return {}
  }
  // util.promisify(dns.lookup) gives {address, family}, by this very property.
  const custom = Symbol.for('nodejs.util.promisify.custom')
  const promise = byPromise(name, answers)
  return name === 'lookup' ? Object.assign(patched, { [custom]: promise }) : patched
}

function byPromise(name: string, answers: DnsAnswers): (host: unknown, ...rest: unknown[]) => Promise<unknown> {
  return async (host, ...rest) => {
    const found = answer(name, String(host), rest, answers)
    if (found instanceof Error) throw found
    return found
  }
}

type Found = Error | { readonly address: string; readonly family: number } | readonly unknown[]

function answer(name: string, host: string, rest: readonly unknown[], { addressOf, serverOf, onDns }: DnsAnswers): Found {
  const [options] = rest
  const server = name === 'resolveSrv' || (name === 'resolve' && options === 'SRV') ? serverOf?.(host) : undefined
  if (server !== undefined) return [{ ...server, priority: 0, weight: 0 }]
  const address = isIP(host) !== 0 ? host : host === 'localhost' ? '127.0.0.1' : addressOf(host)
  if (address === undefined) onDns(host, `dns.${name}`)
  if (address !== undefined && name === 'lookup') {
    const entry = { address, family: isIP(address) }
    return (options as { all?: boolean } | undefined)?.all === true ? [entry] : entry
  }
  const wantsA = name === 'resolve4' || (name === 'resolve' && (typeof options !== 'string' || options === 'A'))
  return address !== undefined && wantsA ? [address] : notFound(name, host)
}

function notFound(name: string, hostname: string): Error {
  const type = name.replace(/^resolve/, '')
  const syscall =
    name === 'lookup'
      ? 'getaddrinfo'
      : name.startsWith('resolve')
        ? `query${type === '' || type === '4' ? 'A' : type === '6' ? 'Aaaa' : type}`
        : name
  return Object.assign(new Error(`${syscall} ENOTFOUND ${hostname}`), { errno: -3008, code: 'ENOTFOUND', syscall, hostname })
}
