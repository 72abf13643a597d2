import { isJsonObject, type Json, type JsonObject } from '../model/index.js'
import type { BsonValue } from './bson-write.js'
import type { Place } from './protocol.js'
import { type Scram, scram } from './scram.js'

type Document = { readonly [name: string]: BsonValue }

/** A login under way: what to say next. */
export interface Login {
  readonly answer: Document
  readonly scram?: Scram
}

/**
 * What the server is. A client refuses a member that does not say the name that it was called by, or the name of its set: the harness
 * tells both.
 */
export function hello(place: Place | undefined): Document {
  const { at, set } = place ?? {}
  const member: Document =
    at === undefined || set === undefined
      ? { msg: 'isdbgrid' }
      : { setName: set, setVersion: 1, hosts: [at], me: at, primary: at, secondary: false }
  return {
    ...{ helloOk: true, ismaster: true, isWritablePrimary: true },
    ...member,
    ...{ maxBsonObjectSize: 16_777_216, maxMessageSizeBytes: 48_000_000, maxWriteBatchSize: 100_000 },
    ...{ logicalSessionTimeoutMinutes: 30, connectionId: 1, minWireVersion: 0, maxWireVersion: 21, readOnly: false },
    ...{ saslSupportedMechs: ['SCRAM-SHA-256', 'SCRAM-SHA-1'], localTime: { $date: '2026-01-01T00:00:00Z' }, ok: 1 },
  }
}

/** Answers `saslStart` and `saslContinue`: SCRAM, and mechanisms that end with the client's first word. */
export function logIn(command: JsonObject, login: Login | undefined): Login {
  const said = textIn(command, 'payload') ?? ''
  if ('saslContinue' in command) return { answer: turn(login?.scram?.answer(said) ?? '', true) }
  const mechanism = textIn(command, 'mechanism') ?? ''
  const started = scram(mechanism, said)
  if (started !== undefined) return { answer: turn(started.challenge, false), scram: started }
  return { answer: turn('', true) }
}

const turn = (payload: string, done: boolean): Document => ({ conversationId: 1, done, payload: Buffer.from(payload), ok: 1 })

/** A member of a command as text, as which SCRAM's bytes can be read. */
function textIn(document: JsonObject, name: string): string | undefined {
  const value: Json | undefined = document[name]
  if (isJsonObject(value) && typeof value['$binary'] === 'string') return value['$binary']
  return typeof value === 'string' ? value : undefined
}
