import type { RedisStore } from './redis-store.js'
import type { Reply } from './resp.js'

/** One command of Redis: how many arguments it needs at least, and what it does. */
export interface RedisCommand {
  readonly least: number
  run(ask: { readonly store: RedisStore; readonly args: readonly Buffer[] }): Reply
}
