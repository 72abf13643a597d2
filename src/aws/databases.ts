import type { Socket } from 'node:net'
import { createSecureContext } from 'node:tls'
import { Budget, type DatabaseCall, type Databases, openDatabases } from '../databases/index.js'
import type { AwsCall } from '../model/index.js'
import type { CertificateAuthority } from './certificate.js'
import { readContext } from './context.js'
import { capParams } from './decode/cap.js'
import type { OpenTarget } from './messages.js'

const MOST_BYTES = 64 * 1024 * 1024
const MOST_CONNECTIONS = 500
// Those of the write, and those of who asked.
const MOST_FRAMES = 24

/** The databases of one target; each statement is told as a call of service `postgres`, `mysql`, `redis` or `mongodb`. */
export function databasesOf(
  target: OpenTarget,
  authority: CertificateAuthority,
  nextCall: () => number,
  tell: (call: AwsCall) => void,
): Databases {
  let fallback: ReturnType<typeof createSecureContext> | undefined
  return openDatabases({
    budget: new Budget(MOST_BYTES),
    fixtures: target.fixtures,
    contextFor: (name) => authority.contextFor(name),
    get fallback() {
      fallback ??= createSecureContext(authority.fallback)
      return fallback
    },
    tell: (call) => tell(recorded(call, target.region, nextCall())),
  })
}

/** A function that never closes its connections meets the limit that a server has. */
export function limited(serve: (socket: Socket) => void): (socket: Socket) => void {
  let open = 0
  return (socket) => {
    socket.on('error', () => socket.destroy())
    if (open >= MOST_CONNECTIONS) return void socket.destroy()
    open++
    socket.once('close', () => open--)
    serve(socket)
  }
}

function recorded(
  { service, operation, params, outcome, answeredBy, invented, context }: DatabaseCall,
  region: string,
  call: number,
): AwsCall {
  return {
    ...readContext(context, MOST_FRAMES),
    service,
    operation,
    region,
    params: capParams(params),
    resources: [],
    via: 'request',
    outcome,
    answeredBy,
    invented,
    retryOf: null,
    call,
  }
}
