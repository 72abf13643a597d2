import type { Json, JsonObject } from '../model/index.js'
import type { Budget } from './inbox.js'

export type DatabaseService = 'postgres' | 'mysql' | 'redis' | 'mongodb'

/** As what a client connected: `host:port`, and the replica set that it expects there. */
export interface Place {
  readonly at: string
  readonly set: string
}

/** One statement or command as it was understood. `context` is what the harness said of the write that carried it. */
export interface DatabaseCall {
  readonly service: DatabaseService
  /** `query` (text only), `execute` (text and bound parameters), or the name of a command of Redis or MongoDB. */
  readonly operation: string
  /** `{sql, parameters?}`, `{args}`, or MongoDB's command as Extended JSON. */
  readonly params: JsonObject
  readonly outcome: 'ok' | 'error'
  readonly answeredBy: 'stub' | 'fixture'
  readonly invented: boolean
  readonly context: string | undefined
}

/** An answer of the user's for one statement: `when.sql` is contained in the statement, other members are equal. */
export interface DatabaseFixture {
  readonly service: string
  readonly operation: string
  readonly when?: JsonObject
  readonly answer?: JsonObject
  readonly error?: { readonly code: string; readonly message?: string }
}

/** What a protocol needs of its connection. */
export interface Wire {
  readonly budget: Budget
  write(bytes: Buffer): undefined
  /** What comes next is a TLS handshake; `rest` is what has come of it already. */
  startTls(rest: Buffer): undefined
  end(): undefined
  tell(call: Omit<DatabaseCall, 'context' | 'service'>): undefined
  /** Undefined when nobody said. */
  place(): Place | undefined
  readonly fixtures: readonly DatabaseFixture[]
}

/** The server's side of one connection. */
export interface ServerSession {
  /** Takes bytes as they come; never throws for what they hold. */
  push(bytes: Buffer): undefined
  /** Gives back to the budget what it holds. */
  close(): undefined
}

export interface Protocol {
  readonly service: DatabaseService
  /** A client may begin with TLS at once. */
  readonly tlsFirst: boolean
  open(wire: Wire): ServerSession
}

/** A value as a driver's text protocol writes it. */
export const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))
