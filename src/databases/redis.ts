import type { Json } from '../model/index.js'
import { databaseFixture } from './answer.js'
import type { Budget } from './inbox.js'
import { shown } from './postgres-reader.js'
import type { DatabaseFixture, Protocol, ServerSession, Wire } from './protocol.js'
import { hashes, lists, sets } from './redis-collections.js'
import type { RedisCommand } from './redis-command.js'
import { keys, strings } from './redis-keys.js'
import { OutOfMemory, RedisStore, WrongType } from './redis-store.js'
import { array, bulk, CommandReader, error, int, NULL, OK, type Reply, written } from './resp.js'

const COMMANDS = new Map<string, RedisCommand>(Object.entries({ ...strings, ...keys, ...hashes, ...lists, ...sets }))
const MOST_QUEUED = 10_000
// What drivers say to get going: no statement of the function's.
const CHATTER = /^(HELLO|AUTH|CLIENT|INFO|PING|ECHO|SELECT|COMMAND|QUIT|RESET|READONLY|READWRITE)$/

/** Redis with what it was given: one for each target. */
export function redis(budget: Budget): Protocol & { reset(): void } {
  const store = new RedisStore(budget)
  return {
    service: 'redis',
    tlsFirst: true,
    open: (wire) => new RedisSession(wire, store),
    reset: () => store.clear(),
  }
}

class RedisSession implements ServerSession {
  readonly #wire: Wire
  readonly #store: RedisStore
  readonly #reader: CommandReader
  #version: 2 | 3 = 2
  #queue: (readonly Buffer[])[] | undefined
  #over = false

  constructor(wire: Wire, store: RedisStore) {
    this.#wire = wire
    this.#store = store
    this.#reader = new CommandReader(wire.budget)
  }

  push(bytes: Buffer): undefined {
    if (this.#over) return
    if (!this.#reader.push(bytes)) return this.#hangUp(error('ERR out of memory'))
    for (let found = this.#reader.next(); found !== undefined && !this.#over; found = this.#reader.next()) {
      if ('problem' in found) return this.#hangUp(error(`ERR ${found.problem}`))
      const reply = this.#obey(found)
      this.#wire.write(written(reply, this.#version))
    }
  }

  close(): undefined {
    this.#over = true
    this.#queue = undefined
    this.#reader.clear()
  }

  #hangUp(reply: Reply): undefined {
    this.#over = true
    this.#reader.clear()
    this.#wire.write(written(reply, this.#version))
    this.#wire.end()
  }

  #obey([head, ...args]: readonly Buffer[]): Reply {
    const command = head!.toString('latin1').toUpperCase()
    if (CHATTER.test(command)) return this.#talk(command, args)
    const fixture = databaseFixture('redis', [command], { args: args.map(shown) }, this.#wire.fixtures)
    const reply = this.#queued(command, [head!, ...args]) ?? (fixture === undefined ? this.#run(command, args) : given(fixture))
    this.#wire.tell({
      operation: /^[A-Z][A-Z0-9._-]{0,40}$/.test(command) ? command : 'unknown',
      params: { args: args.slice(0, 1000).map(shown) },
      outcome: reply.kind === 'error' ? 'error' : 'ok',
      answeredBy: fixture === undefined ? 'stub' : 'fixture',
      invented: false,
    })
    return reply
  }

  #talk(command: string, [first]: readonly Buffer[]): Reply {
    if (command === 'HELLO') return this.#hello(first?.toString() ?? String(this.#version))
    if (command === 'PING') return first === undefined ? { kind: 'simple', text: 'PONG' } : bulk(first)
    if (command === 'ECHO') return bulk(first ?? '')
    if (command === 'INFO')
      return bulk('# Server\r\nredis_version:7.2.5\r\nredis_mode:standalone\r\nloading:0\r\nrole:master\r\n')
    if (command === 'COMMAND') return array([])
    if (command === 'RESET') this.#queue = undefined
    if (command === 'CLIENT') return /^(ID)$/i.test(first?.toString() ?? '') ? int(1) : getName(first)
    return OK
  }

  #hello(version: string): Reply {
    if (version !== '2' && version !== '3') return error('NOPROTO unsupported protocol version')
    this.#version = version === '3' ? 3 : 2
    const said = { server: 'redis', version: '7.2.5', proto: this.#version, id: 1, mode: 'standalone', role: 'master' }
    const items = Object.entries(said).flatMap(([name, value]) => [
      bulk(name),
      typeof value === 'number' ? int(value) : bulk(value),
    ])
    return { kind: 'map', items: [...items, bulk('modules'), array([])] }
  }

  /** What MULTI, EXEC and DISCARD do, and every command between them; undefined when the command is to run now. */
  #queued(command: string, whole: readonly Buffer[]): Reply | undefined {
    if (command === 'MULTI') {
      if (this.#queue !== undefined) return error('ERR MULTI calls can not be nested')
      this.#queue = []
      return OK
    }
    if (command === 'WATCH' || command === 'UNWATCH') return OK
    if (command === 'EXEC' || command === 'DISCARD') {
      const queue = this.#queue
      this.#queue = undefined
      if (queue === undefined) return error(`ERR ${command} without MULTI`)
      return command === 'EXEC' ? { kind: 'array', items: queue.map(([head, ...args]) => this.#runNamed(head!, args)) } : OK
    }
    if (this.#queue === undefined) return undefined
    if (this.#queue.length >= MOST_QUEUED) return error('ERR too many commands in a transaction')
    this.#queue.push(whole)
    return { kind: 'simple', text: 'QUEUED' }
  }

  #runNamed(head: Buffer, args: readonly Buffer[]): Reply {
    const command = head.toString('latin1').toUpperCase()
    const fixture = databaseFixture('redis', [command], { args: args.map(shown) }, this.#wire.fixtures)
    return fixture === undefined ? this.#run(command, args) : given(fixture)
  }

  #run(command: string, args: readonly Buffer[]): Reply {
    if (/^(EVAL|EVALSHA|EVAL_RO|EVALSHA_RO|FCALL|FCALL_RO)$/.test(command)) return NULL
    if (command === 'SCRIPT') return bulk('0'.repeat(40))
    if (command === 'PUBLISH' || command === 'SPUBLISH') return int(0)
    const known = COMMANDS.get(command)
    if (known === undefined) return error(`ERR unknown command '${command.slice(0, 64)}'`)
    if (args.length < known.least) return error(`ERR wrong number of arguments for '${command.toLowerCase()}' command`)
    try {
      return known.run({ store: this.#store, args })
    } catch (failure) {
      if (failure instanceof WrongType) return error('WRONGTYPE Operation against a key holding the wrong kind of value')
      if (failure instanceof OutOfMemory) return error("OOM command not allowed when used memory > 'maxmemory'.")
      throw failure
    }
  }
}

const getName = (first: Buffer | undefined): Reply => (/^GETNAME$/i.test(first?.toString() ?? '') ? NULL : OK)

/** `answer.value` as a reply: texts, numbers, lists, null. */
function given({ answer = {}, error: wrong }: DatabaseFixture): Reply {
  if (wrong !== undefined) return error(`${wrong.code} ${wrong.message ?? ''}`.trim())
  return replyOf(answer.value ?? null)
}

function replyOf(value: Json): Reply {
  if (value === null) return NULL
  if (typeof value === 'number' && Number.isInteger(value)) return int(value)
  if (Array.isArray(value)) return { kind: 'array', items: value.map((item: Json) => replyOf(item)) }
  return bulk(typeof value === 'string' ? value : JSON.stringify(value))
}
