import type { Socket } from 'node:net'
import { mongodb } from './mongodb.js'
import { mysql } from './mysql.js'
import { postgres } from './postgres.js'
import type { DatabaseService, Protocol } from './protocol.js'
import { redis } from './redis.js'
import { type Shared, serve } from './transport.js'

export { Budget } from './inbox.js'
export type { DatabaseCall, DatabaseService } from './protocol.js'
export type { Shared } from './transport.js'

/** The databases of one target: what Redis was given lives as long as they do. */
export interface Databases {
  readonly connect: Readonly<Record<DatabaseService, (socket: Socket) => void>>
  /** Forgets what was put. */
  reset(): void
}

export function openDatabases(shared: Shared): Databases {
  const store = redis(shared.budget)
  const by = (protocol: Protocol) => (socket: Socket) => serve(socket, protocol, shared)
  return {
    connect: { postgres: by(postgres), mysql: by(mysql), redis: by(store), mongodb: by(mongodb) },
    reset: () => store.reset(),
  }
}
