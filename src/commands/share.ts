import { ConfigError, type Target } from '../model/index.js'
import { changedSince } from './changed.js'
import type { Resolved } from './targets.js'

/** One of n machines that share a run. */
export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
}

/** What this run takes of the targets, and what it leaves to others. */
export interface Share {
  readonly resolved: Resolved
  /** Targets that are not this run's: it does not speak of them. */
  readonly elsewhere: readonly Target[]
  /** Ids of the targets of all shards, in their order. */
  readonly order: readonly string[]
}

/** `2/4` */
export function shardOf(text: string): Shard {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = { index: Number(index), count: Number(count) }
  if (index === undefined || shard.index < 1 || shard.index > shard.count)
    throw new ConfigError(`--shard takes i/n with i from 1 to n, such as 2/4, not '${text}'`)
  return shard
}

/**
 * The targets that have changed, and of those every n-th: the same for each machine that sees the same project. A function is never split,
 * so that what is found does not depend on how many machines there are.
 */
export function shareOf(found: Resolved, shard: Shard | undefined, ref: string | undefined, cwd: string): Share {
  const changed = ref === undefined ? found.targets : changedSince(ref, found.targets, cwd)
  const own = shard === undefined ? changed : changed.filter((_, i) => i % shard.count === shard.index - 1)
  const same = found.targets.filter((target) => !changed.includes(target))
  const untested = same.map(({ id }) => ({ what: id, why: 'nothing that it is made of has changed', at: `--changed ${ref}` }))
  return {
    resolved: { ...found, targets: own, untested: [...found.untested, ...untested] },
    elsewhere: found.targets.filter((target) => !own.includes(target)),
    order: changed.map(({ id }) => id),
  }
}
