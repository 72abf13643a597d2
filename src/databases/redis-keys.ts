import type { RedisCommand } from './redis-command.js'
import type { RedisStore } from './redis-store.js'
import { array, bulk, done, error, int, NULL, OK, type Reply } from './resp.js'

const name = (bytes: Buffer): string => bytes.toString('latin1')
const number = (bytes: Buffer | undefined): number => Number(bytes?.toString() ?? Number.NaN)

export const strings: Readonly<Record<string, RedisCommand>> = {
  GET: { least: 1, run: ({ store, args: [key] }) => bulk(store.get(name(key!), 'string')) },
  SET: { least: 2, run: ({ store, args }) => set(store, args) },
  SETEX: { least: 3, run: ({ store, args: [key, ttl, value] }) => put(store, key!, value!, number(ttl) * 1000) },
  PSETEX: { least: 3, run: ({ store, args: [key, ttl, value] }) => put(store, key!, value!, number(ttl)) },
  SETNX: {
    least: 2,
    run: ({ store, args: [key, value] }) =>
      int(Number(store.kindOf(name(key!)) === undefined && put(store, key!, value!) === OK)),
  },
  GETSET: { least: 2, run: ({ store, args: [key, value] }) => swapped(store, key!, () => put(store, key!, value!)) },
  GETDEL: { least: 1, run: ({ store, args: [key] }) => swapped(store, key!, () => store.delete(name(key!))) },
  MGET: {
    least: 1,
    run: ({ store, args }) =>
      array(args.map((key) => (store.kindOf(name(key)) === 'string' ? store.get(name(key), 'string') : undefined))),
  },
  MSET: {
    least: 2,
    run: ({ store, args }) => {
      for (let i = 0; i + 1 < args.length; i += 2) put(store, args[i]!, args[i + 1]!)
      return OK
    },
  },
  APPEND: {
    least: 2,
    run: ({ store, args: [key, value] }) => {
      const whole = Buffer.concat([store.get(name(key!), 'string') ?? Buffer.alloc(0), value!])
      put(store, key!, whole)
      return int(whole.length)
    },
  },
  STRLEN: { least: 1, run: ({ store, args: [key] }) => int(store.get(name(key!), 'string')?.length ?? 0) },
  INCR: { least: 1, run: ({ store, args: [key] }) => added(store, key!, 1) },
  DECR: { least: 1, run: ({ store, args: [key] }) => added(store, key!, -1) },
  INCRBY: { least: 2, run: ({ store, args: [key, by] }) => added(store, key!, number(by)) },
  DECRBY: { least: 2, run: ({ store, args: [key, by] }) => added(store, key!, -number(by)) },
}

function put(store: RedisStore, key: Buffer, value: Buffer, ttlMs?: number): Reply {
  if (ttlMs !== undefined && !(ttlMs > 0)) return error('ERR invalid expire time')
  store.put(name(key), { kind: 'string', value }, ttlMs)
  return OK
}

/** SET key value with its options: NX, XX, GET, KEEPTTL, EX, PX, EXAT, PXAT. */
function set(store: RedisStore, [key, value, ...options]: readonly Buffer[]): Reply {
  const words = options.map((option) => option.toString().toUpperCase())
  const known = store.kindOf(name(key!)) !== undefined
  const before = words.includes('GET') ? bulk(store.get(name(key!), 'string')) : undefined
  if ((words.includes('NX') && known) || (words.includes('XX') && !known)) return before ?? NULL
  const reply = put(store, key!, value!, ttlOf(words))
  return reply.kind === 'error' ? reply : (before ?? reply)
}

function ttlOf(words: readonly string[]): number | undefined {
  const at = words.findIndex((word) => /^(EX|PX|EXAT|PXAT)$/.test(word))
  if (at === -1) return undefined
  const value = Number(words[at + 1])
  const scaled = words[at]!.startsWith('EX') ? value * 1000 : value
  return words[at]!.endsWith('AT') ? scaled - Date.now() : scaled
}

function swapped(store: RedisStore, key: Buffer, change: () => unknown): Reply {
  const before = bulk(store.get(name(key), 'string'))
  change()
  return before
}

function added(store: RedisStore, key: Buffer, by: number): Reply {
  const next = number(store.get(name(key), 'string') ?? Buffer.from('0')) + by
  if (!Number.isSafeInteger(next)) return error('ERR value is not an integer or out of range')
  const ttl = store.ttl(name(key))
  store.put(name(key), { kind: 'string', value: Buffer.from(String(next)) }, ttl < 0 ? undefined : ttl)
  return int(next)
}

const removedKeys: RedisCommand = {
  least: 1,
  run: ({ store, args }) => int(args.filter((key) => store.delete(name(key))).length),
}
const expiry = (scale: number): RedisCommand => ({
  least: 2,
  run: ({ store, args: [key, ttl] }) => int(Number(store.expire(name(key!), number(ttl) * scale || 0))),
})
const ttl = (scale: number): RedisCommand => ({
  least: 1,
  run: ({ store, args: [key] }) => {
    const left = store.ttl(name(key!))
    return int(left < 0 ? left : Math.ceil(left / scale))
  },
})

export const keys: Readonly<Record<string, RedisCommand>> = {
  DEL: removedKeys,
  UNLINK: removedKeys,
  EXISTS: { least: 1, run: ({ store, args }) => int(args.filter((key) => store.kindOf(name(key)) !== undefined).length) },
  TYPE: { least: 1, run: ({ store, args: [key] }) => ({ kind: 'simple', text: store.kindOf(name(key!)) ?? 'none' }) },
  EXPIRE: expiry(1000),
  PEXPIRE: expiry(1),
  PERSIST: {
    least: 1,
    run: ({ store, args: [key] }) => int(Number(store.ttl(name(key!)) >= 0 && store.expire(name(key!), Infinity))),
  },
  TTL: ttl(1000),
  PTTL: ttl(1),
  KEYS: { least: 1, run: ({ store, args: [pattern] }) => array(matching(store, name(pattern!))) },
  SCAN: {
    least: 1,
    run: ({ store, args }) => {
      const at = args.findIndex((arg) => /^match$/i.test(arg.toString()))
      const found = matching(store, at === -1 ? '*' : name(args[at + 1] ?? Buffer.from('*')))
      return { kind: 'array', items: [bulk('0'), array(found)] }
    },
  },
  DBSIZE: { least: 0, run: ({ store }) => int(store.size) },
  FLUSHDB: { least: 0, run: ({ store }) => done(store.clear()) },
  FLUSHALL: { least: 0, run: ({ store }) => done(store.clear()) },
}

const matching = (store: RedisStore, pattern: string): Buffer[] =>
  store
    .names()
    .filter((key) => glob(key, pattern))
    .map((key) => Buffer.from(key, 'latin1'))

/** `*`, `?` and plain signs, in time linear in both: no regular expression is made from the event's text. */
function glob(text: string, pattern: string): boolean {
  let at = 0
  let star = -1
  let marked = 0
  let i = 0
  while (i < text.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++
      marked = i
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[i])) {
      at++
      i++
    } else if (star === -1) return false
    else {
      at = star + 1
      i = ++marked
    }
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
