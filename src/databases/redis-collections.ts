import type { RedisCommand } from './redis-command.js'
import type { RedisStore } from './redis-store.js'
import { array, bulk, done, int, NULL, OK, type Reply } from './resp.js'

const name = (bytes: Buffer): string => bytes.toString('latin1')
const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1')
const weigh = (store: RedisStore, args: readonly Buffer[]): void =>
  store.grow(args.reduce((sum, arg) => sum + arg.length + 32, 0))

/** `start stop` of Redis: negative counts from the end, `stop` is part of it. */
export function range<T>(items: readonly T[], start: Buffer, stop: Buffer): T[] {
  const at = (bytes: Buffer) => {
    const value = Math.trunc(Number(bytes.toString())) || 0
    return value < 0 ? items.length + value : value
  }
  return items.slice(Math.max(0, at(start)), at(stop) + 1)
}

export const hashes: Readonly<Record<string, RedisCommand>> = {
  HSET: { least: 3, run: ({ store, args: [key, ...pairs] }) => int(hset(store, key!, pairs)) },
  HMSET: { least: 3, run: ({ store, args: [key, ...pairs] }) => done(hset(store, key!, pairs)) },
  HGET: { least: 2, run: ({ store, args: [key, field] }) => bulk(store.get(name(key!), 'hash')?.get(name(field!))) },
  HMGET: {
    least: 2,
    run: ({ store, args: [key, ...fields] }) => array(fields.map((field) => store.get(name(key!), 'hash')?.get(name(field)))),
  },
  HGETALL: {
    least: 1,
    run: ({ store, args: [key] }) => ({
      kind: 'map',
      items: [...(store.get(name(key!), 'hash') ?? [])].flatMap(([field, value]) => [bulk(bytesOf(field)), bulk(value)]),
    }),
  },
  HKEYS: { least: 1, run: ({ store, args: [key] }) => array([...(store.get(name(key!), 'hash')?.keys() ?? [])].map(bytesOf)) },
  HVALS: { least: 1, run: ({ store, args: [key] }) => array([...(store.get(name(key!), 'hash')?.values() ?? [])]) },
  HLEN: { least: 1, run: ({ store, args: [key] }) => int(store.get(name(key!), 'hash')?.size ?? 0) },
  HEXISTS: { least: 2, run: ({ store, args: [key, f] }) => int(Number(store.get(name(key!), 'hash')?.has(name(f!)) ?? false)) },
  HDEL: { least: 2, run: ({ store, args: [key, ...fields] }) => int(removed(store, key!, 'hash', fields)) },
  HINCRBY: {
    least: 3,
    run: ({ store, args: [key, field, by] }) => {
      const hash = store.made(name(key!), 'hash')
      const next = (Number(hash.get(name(field!)) ?? 0) || 0) + (Number(by!.toString()) || 0)
      hset(store, key!, [field!, Buffer.from(String(next))])
      return int(next)
    },
  },
}

function hset(store: RedisStore, key: Buffer, pairs: readonly Buffer[]): number {
  weigh(store, pairs)
  const hash = store.made(name(key), 'hash')
  const before = hash.size
  for (let i = 0; i + 1 < pairs.length; i += 2) hash.set(name(pairs[i]!), pairs[i + 1]!)
  return hash.size - before
}

function removed(store: RedisStore, key: Buffer, kind: 'hash' | 'set' | 'zset', members: readonly Buffer[]): number {
  const all = store.get(name(key), kind)
  const count = members.filter((member) => all?.delete(name(member))).length
  store.tidy(name(key))
  return count
}

function pushed(store: RedisStore, key: Buffer, values: readonly Buffer[], front: boolean): Reply {
  weigh(store, values)
  const list = store.made(name(key), 'list')
  if (front) list.unshift(...[...values].reverse())
  else list.push(...values)
  return int(list.length)
}

function popped(store: RedisStore, key: Buffer, front: boolean): Reply {
  const list = store.get(name(key), 'list')
  const value = front ? list?.shift() : list?.pop()
  store.tidy(name(key))
  return bulk(value)
}

export const lists: Readonly<Record<string, RedisCommand>> = {
  LPUSH: { least: 2, run: ({ store, args: [key, ...values] }) => pushed(store, key!, values, true) },
  RPUSH: { least: 2, run: ({ store, args: [key, ...values] }) => pushed(store, key!, values, false) },
  LPOP: { least: 1, run: ({ store, args: [key] }) => popped(store, key!, true) },
  RPOP: { least: 1, run: ({ store, args: [key] }) => popped(store, key!, false) },
  LLEN: { least: 1, run: ({ store, args: [key] }) => int(store.get(name(key!), 'list')?.length ?? 0) },
  LRANGE: { least: 3, run: ({ store, args: [key, from, to] }) => array(range(store.get(name(key!), 'list') ?? [], from!, to!)) },
  LTRIM: {
    least: 3,
    run: ({ store, args: [key, from, to] }) => {
      const list = store.get(name(key!), 'list')
      list?.splice(0, list.length, ...range(list, from!, to!))
      store.tidy(name(key!))
      return OK
    },
  },
}

export const sets: Readonly<Record<string, RedisCommand>> = {
  SADD: {
    least: 2,
    run: ({ store, args: [key, ...members] }) => {
      weigh(store, members)
      const set = store.made(name(key!), 'set')
      const before = set.size
      for (const member of members) set.add(name(member))
      return int(set.size - before)
    },
  },
  SREM: { least: 2, run: ({ store, args: [key, ...members] }) => int(removed(store, key!, 'set', members)) },
  SMEMBERS: { least: 1, run: ({ store, args: [key] }) => array([...(store.get(name(key!), 'set') ?? [])].map(bytesOf)) },
  SISMEMBER: { least: 2, run: ({ store, args: [key, m] }) => int(Number(store.get(name(key!), 'set')?.has(name(m!)) ?? false)) },
  SCARD: { least: 1, run: ({ store, args: [key] }) => int(store.get(name(key!), 'set')?.size ?? 0) },
  ZADD: {
    least: 3,
    run: ({ store, args: [key, ...rest] }) => {
      const pairs = rest.slice(rest.findIndex((arg) => !/^(NX|XX|GT|LT|CH|INCR)$/i.test(arg.toString())))
      weigh(store, pairs)
      const set = store.made(name(key!), 'zset')
      const before = set.size
      for (let i = 0; i + 1 < pairs.length; i += 2) set.set(name(pairs[i + 1]!), Number(pairs[i]!.toString()) || 0)
      return int(set.size - before)
    },
  },
  ZREM: { least: 2, run: ({ store, args: [key, ...members] }) => int(removed(store, key!, 'zset', members)) },
  ZCARD: { least: 1, run: ({ store, args: [key] }) => int(store.get(name(key!), 'zset')?.size ?? 0) },
  ZSCORE: {
    least: 2,
    run: ({ store, args: [key, member] }) => {
      const value = store.get(name(key!), 'zset')?.get(name(member!))
      return value === undefined ? NULL : { kind: 'double', value }
    },
  },
  ZRANGE: { least: 3, run: ({ store, args: [key, from, to] }) => array(range(ranked(store, key!), from!, to!)) },
  ZREVRANGE: { least: 3, run: ({ store, args: [key, from, to] }) => array(range(ranked(store, key!).reverse(), from!, to!)) },
}

const ranked = (store: RedisStore, key: Buffer): Buffer[] =>
  [...(store.get(name(key), 'zset') ?? [])]
    .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
    .map(([member]) => bytesOf(member))
