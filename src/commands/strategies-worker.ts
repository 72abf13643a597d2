/** Draws values of the strategies of one module, so that one that never ends harms nothing but itself. */
import { parentPort, workerData } from 'node:worker_threads'
import fc from 'fast-check'
import type { Strategy } from '../model/index.js'

const { url, seed, count } = workerData as { readonly url: string; readonly seed: number; readonly count: number }
const loaded = ((await import(url)) as { default?: unknown }).default
const own = (Array.isArray(loaded) ? loaded : [loaded]) as readonly (Partial<Strategy> | null | undefined)[]

function valuesOf(
  strategy: Partial<Strategy> | null | undefined,
): { readonly values: readonly unknown[] } | { readonly error: string } {
  const arbitrary = strategy?.arbitrary
  if (arbitrary === undefined) return { error: 'it has no arbitrary' }
  try {
    // What JSON does not have is not sent: undefined becomes null.
    return {
      values: fc.sample(arbitrary, { seed, numRuns: count }).map((value) => JSON.parse(JSON.stringify(value ?? null) ?? 'null')),
    }
  } catch (error) {
    return { error: error instanceof Error ? error.message.split('\n')[0]! : String(error) }
  }
}

parentPort!.postMessage(
  own.map((strategy) => {
    const { arbitrary: _arbitrary, ...rest } = strategy ?? {}
    return {
      strategy: strategy === null || typeof strategy !== 'object' ? null : JSON.parse(JSON.stringify(rest)),
      ...valuesOf(strategy),
    }
  }),
)
